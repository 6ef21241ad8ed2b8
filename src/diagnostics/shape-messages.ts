import { type Data, isDataMap } from "../model/data.js";
import { Origin, type Path } from "../model/origin.js";
import type { Finding, Place } from "./diagnostic.js";
import { error, note, warning } from "./finding.js";
import { guess, nestKey, replaceName } from "./fixes.js";
import { correctType } from "./type-corrections.js";
import { inline, kind, kindNames, listed } from "./words.js";

export function deprecatedTld(place: Place): Finding {
  return warning("deprecated-tld", place, "'meta.tld' is deprecated", {
    help: "use 'domain' instead",
    fixes: [replaceName(place, "domain", "safe")],
  });
}

export function dottedKey(place: Place, parts: readonly string[], value: Data): Finding {
  return error("dotted-key", place, `'${parts.join(".")}' is a single key: dots do not nest`, {
    help: `write ${nested(parts, value)}`,
    fixes: nestKey(place, parts, "safe"),
  });
}

export function dottedModuleKey(place: Place, parts: readonly string[], value: Data): Finding {
  return {
    ...dottedKey(place, parts, value),
    code: "dotted-setting",
    severity: "warning",
    fixes: nestKey(place, parts, "unsafe"),
  };
}

export function emptySelector(place: Place, keys: readonly string[]): Finding {
  return error("empty-selector", place, "a selector needs at least one key", {
    help: `the keys are ${listed(keys)}`,
  });
}

/** `roles` are all that the export has: each may have had modules. */
export function exportGaps(place: Place, roles: readonly string[]): Finding {
  const more = roles.length > maxRoles ? ` and ${roles.length - maxRoles} more` : "";
  const named = `${listed(roles.slice(0, maxRoles))}${more}`;
  const modules =
    roles.length === 0
      ? ""
      : `'extraModules', which the export leaves out, of ${named} as far as they have any; `;
  return note("export-gaps", place, "an export from Clan lacks what JSON cannot represent", {
    help: `add by hand: ${modules}functions and computed tags, which it replaces with their results; paths, which it turns into store paths`,
  });
}

/** Of an inline module. */
export function invalidImports(place: Place, found: Data): Finding {
  return { ...invalidType(place, ["array"], found), code: "invalid-module" };
}

/** More roles than these are counted. */
const maxRoles = 100;

export function invalidMeta(place: Place, field: string, value: string): Finding {
  const rules: { readonly [field: string]: string } = {
    name: "use only letters, digits, '_' and '-'",
    domain: "use lower-case letters, digits and '-', in parts of at most 63 joined by dots",
    tld: "use only lower-case letters",
  };
  return error("invalid-meta", place, `'${value}' is not a valid ${field} for a clan`, {
    help: rules[field]!,
  });
}

/** `expected` are type names of JSON Schema. */
export function invalidType(place: Place, expected: readonly string[], found: Data): Finding {
  const kinds = expected.filter((type) => type !== "null").map((type) => kindNames[type]!);
  const message = `expected ${kinds.join(" or ")}, found ${kind(found)}`;
  if (isDataMap(found) && place instanceof Origin) {
    const help = longForm(place.path);
    return error("invalid-type", place, message, { ...(help !== undefined && { help }) });
  }
  return error("invalid-type", place, message, correctType(place, expected, found));
}

export function notAllowedValue(
  place: Place,
  value: string,
  allowed: readonly (string | null)[],
): Finding {
  const names = allowed.filter((name) => name !== null);
  const { suggestion, fixes } = guess(place, value, names);
  return error("invalid-choice", place, `'${value}' is not allowed here${suggestion}`, {
    fixes,
    help: `the allowed values are ${listed(names)}`,
  });
}

export function removedModules(place: Place): Finding {
  return error("removed-option", place, "'modules' is not part of an inventory", {
    help: "register services under 'clan.modules' in the flake",
  });
}

export function removedServices(place: Place): Finding {
  return error("removed-option", place, "'services' was removed from Clan", {
    help: "use 'instances'",
    fixes: [replaceName(place, "instances", "safe")],
  });
}

/** `home` is where the key belongs instead; the root is the empty string. */
export function unknownKey(
  place: Place,
  key: string,
  known: readonly string[],
  home: string | undefined,
): Finding {
  const { suggestion, fixes } = guess(place, key, known);
  const spaces = /[\u00a0\u2000-\u200a\u202f\u3000]/g;
  if (spaces.test(key)) {
    const shown = key.replace(
      spaces,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
    return error("unknown-key", place, `unknown key '${shown}'`, {
      help: "it has a no-break space, which does not indent: write plain spaces",
    });
  }
  const help =
    key === "tags" && known.includes("anyOf")
      ? "a selector takes tags under 'anyOf', 'allOf' or 'noneOf'"
      : home !== undefined
        ? `'${key}' belongs ${home === "" ? "at the top level" : `under '${home}'`}`
        : suggestion === ""
          ? allowedKeys(known)
          : undefined;
  return error("unknown-key", place, `unknown key '${key}'${suggestion}`, {
    fixes,
    ...(help !== undefined && { help }),
  });
}

function allowedKeys(keys: readonly string[]): string {
  return keys.length === 1
    ? `the only key allowed here is ${listed(keys)}`
    : `the keys allowed here are ${listed(keys)}`;
}

/** What to write instead of a map in a list that is short for a map. */
function longForm(path: Path): string | undefined {
  const isShort =
    typeof path.at(-1) === "number" &&
    (path.length === 2 ? path[0] === "machines" : path[2] === "roles");
  return isShort
    ? `a list holds only names; to give fields write ${path.at(-2)}: { <name>: { … } }`
    : undefined;
}

/** `deploy: { targetHost: "root@laptop" }` */
function nested(parts: readonly string[], value: Data): string {
  const [first, ...rest] = parts;
  return rest.length > 0 ? `${first}: { ${nested(rest, value)} }` : `${first}: ${inline(value)}`;
}
