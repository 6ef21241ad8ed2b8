/**
 * Playwright's selectors, as far as the tests of the pages use them, for a browser that Playwright does
 * not drive: a script that finds elements, also in open shadow trees.
 */

/** A way to elements, step by step. */
export type Step =
  | { readonly css: string }
  | { readonly has: readonly Step[] }
  | { readonly text: Words; readonly isWanted: boolean }
  /** Counted from the end where it is negative. */
  | { readonly nth: number };

/** A text that holds these words, whatever their case, or matches a pattern. */
export interface Words {
  readonly words?: string;
  readonly pattern?: string;
  readonly flags?: string;
}

export function wordsOf(text: string | RegExp): Words {
  return typeof text === "string" ? { words: text } : { pattern: text.source, flags: text.flags };
}

/** `a >> nth=0`, `a:has-text('b')`, `a:text-is("b")` or `text=b` as steps. */
export function stepsOf(selector: string): readonly Step[] {
  return selector.split(/\s*>>\s*/).flatMap((part): readonly Step[] => {
    const [, nth] = /^nth=(-?\d+)$/.exec(part) ?? [];
    if (nth !== undefined) {
      return [{ nth: Number(nth) }];
    }
    const [, words] = /^text=(.*)$/.exec(part) ?? [];
    if (words !== undefined) {
      return [
        { css: "button, label, a, h2, h3, p, span" },
        { text: { words }, isWanted: true },
        { nth: -1 },
      ];
    }
    const [, css = "", kind, , text = ""] =
      /^(.*?):(has-text|text-is)\((["'])(.*)\3\)$/.exec(part) ?? [];
    return kind === undefined
      ? [{ css: part }]
      : [{ css }, { text: kind === "has-text" ? { words: text } : exactly(text), isWanted: true }];
  });
}

function exactly(text: string): Words {
  return { pattern: `^${text.replace(/[^\w\s]/g, "\\$&")}$`, flags: "" };
}

/** The body of a function that defines `find(steps)` and `pointOf(element)`. */
export const finders = `
  const compoundsOf = (selector) => selector.match(/(?:\\[[^\\]]*\\]|\\([^)]*\\)|[^\\s[(])+/g);
  const all = (root, compounds) => {
    const found = new Set(root.querySelectorAll(compounds.join(" ")));
    for (const host of root.querySelectorAll("*")) {
      for (let cut = 0; host.shadowRoot !== null && cut < compounds.length; cut++) {
        if (cut === 0 || host.closest(compounds.slice(0, cut).join(" ")) !== null) {
          all(host.shadowRoot, compounds.slice(cut)).forEach((element) => found.add(element));
        }
      }
    }
    return [...found];
  };
  const holds = (element, { words, pattern, flags }) => {
    const text = element.textContent.replace(/\\s+/g, " ").trim();
    return words === undefined ? new RegExp(pattern, flags).test(text) : text.toLowerCase().includes(words.replace(/\\s+/g, " ").trim().toLowerCase());
  };
  const take = (from, step) =>
    step.css !== undefined
      ? [...new Set(from.flatMap((root) => step.css.match(/(?:\\[[^\\]]*\\]|[^,[])+/g).flatMap((part) => all(root, compoundsOf(part)))))]
      : step.has !== undefined
        ? from.filter((element) => find(step.has, element).length > 0)
        : step.text !== undefined
          ? from.filter((element) => holds(element, step.text) === step.isWanted)
          : [from.at(step.nth)].filter(Boolean);
  const find = (steps, root = document) => steps.reduce(take, [root]);
  const isVisible = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true });
  };
  const isWithin = (node, element) => {
    for (; node !== null && node !== undefined; node = node.parentNode ?? node.host) {
      if (node === element) return true;
    }
    return false;
  };
  const hitAt = (x, y) => {
    let hit = document.elementFromPoint(x, y);
    for (let inner; (inner = hit?.shadowRoot?.elementFromPoint(x, y)); hit = inner);
    return hit;
  };
  const pointIn = (element, position) => {
    const { x, y, width, height } = element.getClientRects()[0];
    return { x: Math.round(x + (position?.x ?? width / 2)), y: Math.round(y + (position?.y ?? height / 2)) };
  };
  /** Where an element can be pointed at, once it is at rest and nothing covers it. */
  const pointOf = async (element, position) => {
    if (element === undefined || !isVisible(element) || element.disabled) return undefined;
    const isHit = ({ x, y }) => isWithin(hitAt(x, y), element);
    if (!isHit(pointIn(element, position))) {
      element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    }
    const before = pointIn(element, position);
    await new Promise((resolve) => setTimeout(resolve, 30));
    if (!isVisible(element)) return undefined;
    const { x, y } = pointIn(element, position);
    return x === before.x && y === before.y && isHit(before) ? before : undefined;
  };
`;
