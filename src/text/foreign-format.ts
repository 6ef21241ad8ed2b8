import type { ForeignFormat } from "../diagnostics/text-messages.js";
import { type Data, isDataMap } from "../model/data.js";
import { isList } from "../model/value.js";

/** What a format shows of itself, it shows within so many characters. */
const sampleLength = 2 ** 14;
const maxEntries = 50;

/**
 * The format that a text is in which makes no inventory; `value` is what it says as YAML, if it says
 * anything.
 */
export function foreignFormat(text: string, value: Data | undefined): ForeignFormat | undefined {
  if (value !== undefined && hasOwnKey(value)) {
    return undefined;
  }
  return (value === undefined ? undefined : formatOfData(value)) ?? formatOfText(text);
}

function hasOwnKey(value: Data): boolean {
  const own = ["meta", "machines", "tags", "instances"];
  return isDataMap(value) && own.some((key) => Object.hasOwn(value, key));
}

function formatOfData(value: Data): ForeignFormat | undefined {
  const parts = isList(value) || isDataMap(value) ? Object.values(value).slice(0, maxEntries) : [];
  const has = (part: Data, ...keys: readonly string[]) =>
    isDataMap(part) && keys.some((key) => Object.hasOwn(part, key));
  if (isDataMap(value)) {
    return parts.some((part) => has(part, "hosts", "children")) ? "ansible" : undefined;
  }
  return parts.some((part) => has(part, "hosts") && has(part, "tasks", "roles"))
    ? "ansible"
    : undefined;
}

function formatOfText(text: string): ForeignFormat | undefined {
  const sample = text.slice(0, sampleLength).replace(/^\ufeff/, "");
  const code = sample
    .replace(/\/\*[^]*?\*\//g, "")
    .replace(/^[ \t]*[#;].*$/gm, "")
    .trim();
  if (isNix(code)) {
    const isHive = /\bdeployment\s*[.=]|\bmeta\s*(?:\.|=\s*\{)\s*nixpkgs\b/.test(code);
    return isHive ? "colmena" : "nix";
  }
  const isSectioned = /^\[\[?[\w."' :-]+\]\]?[ \t]*$/m.test(code);
  if (/^[\w."'-]+[ \t]*=[ \t]*(?:["'[{\d+-]|true\b|false\b)/m.test(code)) {
    return isSectioned || !code.includes(":") ? "toml" : undefined;
  }
  const hasEntries = /^(?!---)[^\s[]/m.test(code);
  return isSectioned && hasEntries && !/:[ \t]/.test(code) ? "ini" : undefined;
}

/** `{ a."b".c = …; }`: JSON and YAML have no `=` behind a key. */
const attributes =
  /^(?:rec\s*)?\{\s*(?:[\w'-]+|"[^"\n]*"|\$\{[^}]*\})(?:\.(?:[\w'-]+|"[^"\n]*"))*\s*=(?!=)[^]*;/;

/** A function of named arguments, a set with an assignment, or one of Nix's keywords. */
function isNix(code: string): boolean {
  return (
    /^(?:\w+\s*@\s*)?\{[^:;={}[\]?]*(?:\?[^:;=]*)?\}\s*(?:@\s*\w+\s*)?:/.test(code) ||
    /^(?:rec\s*)?\{\s*inherit\b[^]*;/.test(code) ||
    attributes.test(code) ||
    /^(?:let|with|import|assert)\s[^]*[;=]/.test(code) ||
    /^\w+\s*:\s*(?:rec\s*)?\{\s*[\w."'-]+\s*=(?!=)[^]*;/.test(code)
  );
}
