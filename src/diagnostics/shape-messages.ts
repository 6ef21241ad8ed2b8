/**
 * Every message that a user can see. A pass reports a {@link Finding}: plain
 * data that says where by {@link Origin} or by offsets; ranges are added once,
 * when `compile` turns findings into {@link Diagnostic}s.
 */
import { type Data, isDataMap } from "../model/data.js";
import { Origin, type Path } from "../model/origin.js";
import type { Finding, Place } from "./diagnostic.js";
import { error, note, warning } from "./finding.js";
import { didYouMean } from "./suggest.js";
import { inline, kind, kindNames, listed, typeHelp } from "./words.js";

// One constructor a message, sorted by name.

export function deprecatedTld(place: Place): Finding {
  return warning("deprecated-tld", place, "'meta.tld' is deprecated", {
    help: "say 'domain' instead",
  });
}

export function dottedKey(place: Place, parts: readonly string[], value: Data): Finding {
  return error(
    "dotted-key",
    place,
    `'${parts.join(".")}' is one key here: dots in keys do not nest`,
    {
      help: `write ${nested(parts, value)}`,
    },
  );
}

export function dottedModuleKey(place: Place, parts: readonly string[], value: Data): Finding {
  return { ...dottedKey(place, parts, value), severity: "warning" };
}

export function emptySelector(place: Place, keys: readonly string[]): Finding {
  return error("invalid-value", place, "a selector needs at least one key", {
    help: `its keys are ${listed(keys)}`,
  });
}

export function exportGaps(place: Place): Finding {
  return note(
    "export-gaps",
    place,
    "this is Clan's own export, which lacks what JSON cannot hold",
    {
      help: "bring over by hand: 'extraModules', which it leaves out; functions and computed tags, of which it has only the result; paths, which it has as paths in the store",
    },
  );
}

export function invalidMeta(place: Place, field: string, value: string): Finding {
  const rules: { readonly [field: string]: string } = {
    name: "a clan's name has only letters, digits, '_' and '-'",
    domain:
      "a domain has lower-case letters, digits and '-', in parts of at most 63 joined by dots",
    tld: "a top-level domain has only lower-case letters",
  };
  return error("invalid-value", place, `'${value}' cannot be the ${field} of a clan`, {
    help: rules[field]!,
  });
}

/** `expected` are type names of JSON Schema. */
export function invalidType(place: Place, expected: readonly string[], found: Data): Finding {
  const kinds = expected.filter((type) => type !== "null").map((type) => kindNames[type]!);
  const help =
    isDataMap(found) && place instanceof Origin ? longForm(place.path) : typeHelp(expected, found);
  return error("invalid-type", place, `expected ${kinds.join(" or ")}, found ${kind(found)}`, {
    ...(help !== undefined && { help }),
  });
}

export function notAllowedValue(
  place: Place,
  value: string,
  allowed: readonly (string | null)[],
): Finding {
  const names = allowed.filter((name) => name !== null);
  return error(
    "invalid-value",
    place,
    `'${value}' is not allowed here${didYouMean(value, names)}`,
    {
      help: `allowed are ${listed(names)}`,
    },
  );
}

export function removedModules(place: Place): Finding {
  return error("removed-option", place, "'modules' is no part of an inventory", {
    help: "register services in 'clan.modules' of the flake",
  });
}

export function removedServices(place: Place): Finding {
  return error("removed-option", place, "'services' was removed from Clan", {
    help: "use 'instances'",
  });
}

/** `home` is where else the key belongs, the root being empty. */
export function unknownKey(
  place: Place,
  key: string,
  known: readonly string[],
  home: string | undefined,
): Finding {
  const suggestion = didYouMean(key, known);
  const help =
    key === "tags" && known.includes("anyOf")
      ? "a selector chooses by 'anyOf', 'allOf' or 'noneOf'"
      : home !== undefined
        ? `'${key}' belongs ${home === "" ? "at the top level" : `under '${home}'`}`
        : suggestion === ""
          ? `the keys here are ${listed(known)}`
          : undefined;
  return error("unknown-key", place, `unknown key '${key}'${suggestion}`, {
    ...(help !== undefined && { help }),
  });
}

// What messages are made of.

/** What to do about a map in a list, where the list is short for a map. */
function longForm(path: Path): string | undefined {
  const isShort =
    typeof path.at(-1) === "number" &&
    (path.length === 2 ? path[0] === "machines" : path[2] === "roles");
  return isShort
    ? `a list holds names only; with fields write ${path.at(-2)}: { <name>: { … } }`
    : undefined;
}

/** `deploy: { targetHost: "root@laptop" }` */
function nested(parts: readonly string[], value: Data): string {
  const [first, ...rest] = parts;
  return rest.length > 0 ? `${first}: { ${nested(rest, value)} }` : `${first}: ${inline(value)}`;
}
