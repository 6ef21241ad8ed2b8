/** Messages about what is legal, and almost never intended. */
import { Origin } from "../model/origin.js";
import { formKeys } from "../model/special-forms.js";
import type { Finding, Place, ProposedFix } from "./diagnostic.js";
import { warning } from "./finding.js";
import { nestKey, replaceByItems, replaceName, replaceValue, wrapValue } from "./fixes.js";
import { nestedIn, sketch } from "./sketch.js";
import { clipped, maxName, quoted } from "./words.js";

export function dottedSetting(place: Place, parts: readonly string[]): Finding {
  return warning(
    "dotted-setting",
    place,
    `${quoted(parts.join("."))} is a single key: dots do not nest`,
    {
      help: `write ${sketch(nestedIn(parts, "…"))}`,
      fixes: nestKey(place, parts, "unsafe"),
    },
  );
}

/** `form` is a special form without its sign, as in `ref self.x`. */
export function formAsText(place: Place, form: string, argument: string): Finding {
  const shown = `!${form} ${clipped(argument)}`;
  const isWord = /^[\w./-]+$/.test(argument);
  return warning("nix-as-text", place, `this is a text, not the special form '!${form}'`, {
    help: `write ${shown}`,
    fixes: isWord ? replaceValue(place, { [`$${form}`]: argument }, shown, "unsafe") : [],
    outranks: ["missing-file", "path-as-text", "setting-type", "settings-conflict"],
  });
}

export function idleImporter(place: Place): Finding {
  return warning("idle-role", place, "an importer without 'extraModules' does nothing", {
    help: "list the modules to import under 'extraModules'",
  });
}

export function idleRole(place: Place, role: string, has: "settings" | "modules"): Finding {
  const what = has === "settings" ? "settings" : "'extraModules'";
  return warning("idle-role", place, `role ${quoted(role)} has ${what} but no members`, {
    help: "give it 'machines' or 'tags'",
  });
}

export function missingRole(
  place: Place,
  pair: {
    readonly instanceName: string;
    readonly serviceName: string;
    readonly role: string;
    readonly needs: string;
  },
): Finding {
  const { instanceName, serviceName, role, needs } = pair;
  const message = `role ${quoted(role)} of ${quoted(serviceName)} needs a machine with the role ${quoted(needs)}, and ${quoted(instanceName)} has none`;
  return warning("missing-role", place, message);
}

/** A text is no expression: `pkgs.hello`. */
export function nixExpressionAsText(place: Place, text: string): Finding {
  const [, reference] = /^((?:self|inputs)\.[^\s;]+);?$/.exec(text) ?? [];
  return warning("nix-as-text", place, `this is a text: Nix does not evaluate ${quoted(text)}`, {
    help:
      reference === undefined
        ? "put Nix code in a .nix file, and list that under 'extraModules'"
        : `for this attribute of the flake write !ref ${clipped(reference)}`,
    fixes:
      reference === undefined
        ? []
        : replaceValue(place, { $ref: reference }, `!ref ${reference}`, "unsafe"),
    outranks: ["missing-file", "path-as-text", "setting-type", "settings-conflict"],
  });
}

/** `wrapper` is the function's name, as in `lib.mkForce 5`. */
export function nixFunctionAsText(place: Place, wrapper: string, rest: string): Finding {
  return warning("nix-as-text", place, `this is a text, not a call of ${quoted(wrapper)}`, {
    help: `write !${wrapper} ${clipped(rest)}`,
    fixes: callAsForm(place, wrapper, rest),
    outranks: ["setting-type", "settings-conflict"],
  });
}

export function nixInterpolationAsText(place: Place, found: string): Finding {
  return warning("nix-as-text", place, `Nix does not evaluate '${clipped(found)}' in a text`, {
    help: "for an attribute of the flake write !ref, or !interpolate before a text with one in it; anything else belongs in a module under 'extraModules'",
    fixes: /^\$\{(?:self|inputs)\.[^}\s]*\}$/.test(found)
      ? wrapValue(place, "$interpolate", "unsafe")
      : [],
  });
}

export function nixWrapperAsKey(place: Place, wrapper: string): Finding {
  return warning("nix-as-text", place, `${quoted(wrapper)} is an ordinary key here`, {
    help: `write !${wrapper} before the value, or "$${wrapper}" for the key`,
    fixes: formKeys.includes(`$${wrapper}`) ? [replaceName(place, `$${wrapper}`)] : [],
  });
}

export function pathAsText(place: Place, text: string): Finding {
  const help = text.startsWith("~")
    ? "Nix knows no home folder; for a file of the flake write !path with a path relative to this file"
    : `for the file itself write !path ${clipped(text, maxName)}`;
  return warning("path-as-text", place, `'${clipped(text)}' is a text, not a path`, {
    help,
    fixes: text.startsWith("~") ? [] : wrapValue(place, "$path", "unsafe"),
  });
}

export function secretInStore(place: Place, kind: string): Finding {
  return warning(
    "secret",
    place,
    `this looks like ${kind}: everyone can read it in the Nix store`,
    {
      help: "keep it in Clan's vars, and revoke it if it was ever published",
    },
  );
}

export function similarInput(place: Place, input: string, near: string): Finding {
  const message = `this takes a service from ${quoted(input)}; did you mean ${quoted(near)}?`;
  return warning("similar-input", place, message, { fixes: [replaceName(place, near)] });
}

/** `corrected` is the text at the place with `near` in place of `name`. */
export function similarReference(
  place: Place,
  name: string,
  near: string,
  corrected: string,
): Finding {
  const message = `this refers to ${quoted(name)}; did you mean ${quoted(near)}?`;
  return warning("similar-input", place, message, { fixes: [replaceName(place, corrected)] });
}

export function similarTag(place: Place, tag: string, near: string): Finding {
  return warning(
    "similar-tag",
    place,
    `nothing uses the tag ${quoted(tag)}; did you mean ${quoted(near)}?`,
    {
      fixes: [replaceName(place, near)],
    },
  );
}

export function tagName(place: Place, tag: string): Finding {
  const problem =
    tag === "" ? "this tag has an empty name" : `the tag ${quoted(tag)} holds ${describeSign(tag)}`;
  const list = clipped(tag, maxName)
    .split(/[,\s]+/)
    .filter((part) => part !== "");
  return warning("tag-name", place, problem, {
    ...(/[,\s]/.test(tag) &&
      list.length > 1 && {
        help: `for several tags write [${list.join(", ")}]`,
        fixes: isItem(place) ? replaceByItems(place, list, `[${list.join(", ")}]`) : [],
      }),
  });
}

function isItem(place: Place): boolean {
  return place instanceof Origin && typeof place.path.at(-1) === "number";
}

function describeSign(tag: string): string {
  const sign = /[\s,*?]/.exec(tag)?.[0] ?? "";
  if (sign === "*" || sign === "?") {
    return `${quoted(sign)}, which selectors take for a pattern`;
  }
  return sign === "," ? "a comma" : "a space";
}

/** `mkForce "03:00"` as a special form, if its argument is a JSON scalar. */
function callAsForm(place: Place, wrapper: string, rest: string): readonly ProposedFix[] {
  const form = `$${wrapper}`;
  const value = /^("[^"\\$]*"|-?\d{1,15}|true|false)$/.test(rest) ? JSON.parse(rest) : undefined;
  return value === undefined || !["$mkForce", "$mkDefault"].includes(form)
    ? []
    : replaceValue(place, { [form]: value }, `!${wrapper} ${clipped(rest)}`, "unsafe");
}
