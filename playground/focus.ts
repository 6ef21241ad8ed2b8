/** What the cursor is on, and what lights up with it: machines, tags, instances, roles, settings. */
import type { Path } from "../src/index.js";
import { writePath } from "../src/model/setting-path.js";

/** All that a place is about. */
export interface Focus {
  readonly machine?: string | undefined;
  /** Several machines that one heading stands for. */
  readonly machines?: readonly string[] | undefined;
  readonly tag?: string | undefined;
  readonly instance?: string | undefined;
  readonly role?: string | undefined;
  /** `startAt` */
  readonly setting?: string | undefined;
}

/** What a path in an inventory is about, in YAML as in Nix; `name` is the text that is there. */
export function focusOf(path: Path, name?: string): Focus {
  const [part, ...rest] = path.map(String);
  switch (part) {
    case "machines":
      return rest[1] === "tags" && rest.length > 2 ? { tag: name } : { machine: rest[0] ?? name };
    case "tags": {
      const isMachine = rest.length > 1 && !/^(anyOf|allOf|noneOf)$/.test(rest[1]!);
      return rest.length > 1 && name !== undefined
        ? isMachine
          ? { machine: name, tag: rest[0] }
          : { tag: name }
        : { tag: rest[0] };
    }
    case "instances":
      return focusOfInstance(rest, name);
    default:
      return {};
  }
}

function focusOfInstance(
  [instance, , role, kind, ...rest]: readonly string[],
  name?: string,
): Focus {
  const isList = /^\d+$/.test(rest[0] ?? "") && name !== undefined;
  const member = isList ? name : rest[0];
  const settings = kind === "settings" ? rest : rest[1] === "settings" ? rest.slice(2) : [];
  return {
    instance,
    role,
    ...(kind === "machines" && { machine: member }),
    ...(kind === "tags" && { tag: member }),
    ...(settings.length > 0 && { setting: writePath(settings) }),
  };
}

const names = ["machine", "tag", "instance", "role"] as const;

/** Whether a thing is what the focus is on, or a part of it: all that both name is the same. */
export function isLit(focus: Focus, thing: Focus): boolean {
  const named = names.filter((kind) => focus[kind] !== undefined);
  return (
    (named.length > 0 || focus.setting !== undefined) &&
    named.every((kind) => focus[kind] === thing[kind]) &&
    (focus.setting === undefined || isWithin(thing.setting, focus.setting))
  );
}

function isWithin(own: string | undefined, setting: string): boolean {
  return own === setting || own?.startsWith(`${setting}.`) === true;
}

/** The path of each line of an output that our printers made: their nesting is their indentation. */
export function linePaths(text: string): readonly Path[] {
  const open: { readonly indent: number; readonly keys: Path }[] = [];
  return text.split("\n").map((line) => {
    const [, space = "", key] =
      /^( *)((?:"(?:[^"\\]|\\.)*"|[^\s"=:#{}[\],();])+)\s*[=:](?:\s|$)/.exec(line) ?? [];
    const indent = /^ */.exec(line)![0].length;
    // A line that only closes what is open belongs to what it closes.
    const inside = /^[\s})\],;]*$/.test(line) ? indent + 1 : indent;
    while (open.length > 0 && open.at(-1)!.indent >= inside) {
      open.pop();
    }
    if (key !== undefined) {
      open.push({ indent: space.length, keys: readKeys(key) });
    }
    return open.flatMap(({ keys }) => keys);
  });
}

/** `roles."a.b".c`, or one key in quotes. */
function readKeys(text: string): Path {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|[^."]+/g)].map(
    ([plain, quoted]) => quoted?.replace(/\\(.)/g, "$1") ?? plain,
  );
}
