import GithubSlugger from "github-slugger";
import highlighter from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import nix from "highlight.js/lib/languages/nix";
import python from "highlight.js/lib/languages/python";
import rust from "highlight.js/lib/languages/rust";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";

const languages = { bash, javascript, json, nix, python, rust, typescript, xml, yaml };
for (const [name, language] of Object.entries(languages)) {
  highlighter.registerLanguage(name, language);
}

/**
 * Makes markdown-it render a page as GitHub does, with the same anchors, but without inline styles,
 * which the site's content security policy forbids. `resolveLink(href, page)` says where a link
 * leads; nothing, if its text should remain without a link.
 */
export function renderPages(markdown, resolveLink) {
  markdown.enable("code");
  markdown.set({ html: true, highlight });
  markdown.core.ruler.push("anchors", addAnchors);
  markdown.core.ruler.push("cells", ({ tokens }) => {
    tokens.forEach(alignByClass);
    tokens.forEach(makeCellOfEmptyHeader);
  });
  markdown.core.ruler.push("links", ({ tokens, env }) => {
    resolveLinks(tokens, (href) => resolveLink(href, env.source));
  });
  const { rules } = markdown.renderer;
  // What may scroll sideways must be reachable by the keyboard.
  rules.table_open = () => '<div class="table" tabindex="0"><table>';
  rules.table_close = () => "</table></div>\n";
  rules.code_inline = unbroken(rules.code_inline);
  rules.fence = scrolling(rules.fence);
  rules.code_block = scrolling(rules.code_block);
}

/** The sections of a rendered page: `{ level, id, title }`, the title as HTML without links. */
export function headingsOf(html) {
  return [...html.matchAll(/<h([23]) id="([^"]*)"><a [^>]*>(.*?)<\/a><\/h\1>/g)].map(
    ([, level, id, title]) => ({ level, id, title }),
  );
}

/** The text of the first heading. */
export function titleOf(text) {
  return /^# (.*)$/m.exec(text)[1].replaceAll("`", "");
}

function highlight(code, language) {
  return highlighter.getLanguage(language) === undefined
    ? ""
    : highlighter.highlight(code, { language }).value;
}

/** Gives every heading GitHub's anchor, and makes it a link to itself. */
function addAnchors({ tokens, Token }) {
  const slugger = new GithubSlugger();
  tokens.forEach((opening, index) => {
    if (opening.type !== "heading_open") {
      return;
    }
    const { children } = tokens[index + 1];
    const id = slugger.slug(children.map(({ content }) => content).join(""));
    opening.attrSet("id", id);
    const link = new Token("link_open", "a", 1);
    link.attrSet("class", "anchor");
    link.attrSet("href", `#${id}`);
    const isLink = ({ type }) => type === "link_open" || type === "link_close";
    tokens[index + 1].children = [
      link,
      ...children.filter((token) => !isLink(token)),
      new Token("link_close", "a", -1),
    ];
  });
}

function alignByClass(token) {
  const alignment = /text-align:(\w+)/.exec(token.attrGet("style") ?? "")?.[1];
  if (alignment !== undefined) {
    token.attrs = token.attrs.filter(([name]) => name !== "style");
    token.attrJoin("class", alignment);
  }
}

function makeCellOfEmptyHeader({ type, tag }, index, tokens) {
  if (type === "th_open" && tag === "th" && tokens[index + 1].content === "") {
    tokens[index].tag = "td";
    tokens[index + 2].tag = "td";
  }
}

function resolveLinks(tokens, resolve) {
  for (const token of tokens) {
    if (token.type === "link_open" || token.type === "image") {
      const name = token.type === "image" ? "src" : "href";
      const address = resolve(token.attrGet(name));
      if (address === undefined) {
        token.tag = "span";
        token.attrs = [];
        tokens[closingOf(tokens, token)].tag = "span";
      } else {
        token.attrSet(name, address);
      }
    } else if (token.type === "html_block" || token.type === "html_inline") {
      token.content = token.content.replace(
        /\b(href|src|srcset)="([^"]*)"/g,
        (_, name, address) => `${name}="${resolve(address) ?? ""}"`,
      );
    }
    resolveLinks(token.children ?? [], resolve);
  }
}

function closingOf(tokens, opening) {
  return tokens.findIndex(
    ({ type }, index) => type === "link_close" && index > tokens.indexOf(opening),
  );
}

/** Keeps short words such as `--fix` on one line, which browsers would break after a hyphen. */
function unbroken(rule) {
  return (tokens, index, ...rest) => {
    const token = tokens[index];
    if (/^\S{1,24}$/.test(token.content)) {
      token.attrJoin("class", "word");
    }
    return rule(tokens, index, ...rest);
  };
}

function scrolling(rule) {
  return (...args) => rule(...args).replace("<pre>", '<pre tabindex="0">');
}
