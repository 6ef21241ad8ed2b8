import type { Data } from "../model/data.js";
import { Origin } from "../model/origin.js";
import type { Finding, Place, ProposedFix } from "./diagnostic.js";
import { error, type FindingDetails, note, warning } from "./finding.js";
import { changeData, guess, nestKey, replaceName } from "./fixes.js";
import { nestedIn, sketch } from "./sketch.js";
import { correctType } from "./type-corrections.js";
import { clipped, kind, kindNames, listed, quoted } from "./words.js";

export function deprecatedTld(place: Place): Finding {
  return warning("deprecated-tld", place, "'meta.tld' is deprecated", {
    help: "use 'domain' instead",
    fixes: [replaceName(place, "domain", "safe")],
  });
}

export function dottedKey(place: Place, parts: readonly string[], value: Data): Finding {
  return error(
    "dotted-key",
    place,
    `${quoted(parts.join("."))} is a single key: dots do not nest`,
    {
      help: `write ${sketch(nestedIn(parts, value))}`,
      fixes: nestKey(place, parts, "safe"),
    },
  );
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
  const near =
    field === "name"
      ? value.trim().replace(/[^\w-]+/g, "-")
      : value.toLowerCase().replace(/[_\s]+/g, "-");
  const isValid = field === "name" ? near !== "" : /^[a-z0-9][a-z0-9.-]*$/.test(near);
  return error("invalid-meta", place, `${quoted(value)} is not a valid ${field} for a clan`, {
    help: rules[field]!,
    ...(isValid && near !== value && { fixes: [replaceName(place, near)] }),
  });
}

/** `expected` are type names of JSON Schema. */
export function invalidType(
  place: Place,
  expected: readonly string[],
  found: Data,
  meant?: Reshaped,
): Finding {
  const kinds = expected.filter((type) => type !== "null").map((type) => kindNames[type]!);
  const message = `expected ${kinds.join(" or ")}, found ${kind(found)}`;
  const more =
    meant === undefined ? correctType(place, expected, found) : correctShape(place, meant);
  return error("invalid-type", place, message, more);
}

/** A value in the shape that is expected, made of what is there. */
export interface Reshaped {
  readonly value: Data;
  /** How to get it by wrapping what is there, if that is all. */
  readonly step?: string | 0;
  /** Whether the user has to fill in something. */
  readonly isIncomplete?: true;
}

/** The place is a key without a value, or a text in place of a map, that was meant as an entry. */
export function missingColon(
  place: Place,
  [key, value]: readonly [key: string, value: Data],
): Finding {
  return error("missing-separator", place, `missing ':' after ${quoted(key)}`, {
    help: `write ${sketch(nestedIn([key], value))}`,
    fixes: writeEntry(place, [key, value], "insert the colon"),
    outranks: ["ambiguous-scalar"],
  });
}

/** The same with a colon. */
export function missingSpace(
  place: Place,
  [key, value]: readonly [key: string, value: Data],
): Finding {
  return error("missing-space", place, `missing space after '${clipped(key)}:'`, {
    help: `write ${sketch(nestedIn([key], value))}`,
    fixes: writeEntry(place, [key, value], "add the space"),
  });
}

function writeEntry(
  place: Place,
  [key, value]: readonly [key: string, value: Data],
  title: string,
): readonly ProposedFix[] {
  return changeData(place, title, "unsafe", (path) =>
    (place as Origin).isKey
      ? [
          { kind: "replaceKey", path, key },
          { kind: "replaceValue", path: [...path.slice(0, -1), key], value },
        ]
      : [{ kind: "replaceValue", path, value: nestedIn([key], value) }],
  );
}

export function notAllowedValue(
  place: Place,
  value: string,
  allowed: readonly (string | null)[],
): Finding {
  const names = allowed.filter((name) => name !== null);
  const { suggestion, fixes } = guess(place, value, names);
  return error("invalid-choice", place, `${quoted(value)} is not allowed here${suggestion}`, {
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

export function unknownKey(place: Place, key: string, known: readonly string[]): Finding {
  const { suggestion, fixes } = guess(place, key, known);
  if (key === "tags" && known.includes("anyOf")) {
    return error("unknown-key", place, `unknown key ${quoted(key)}`, {
      help: "a selector takes tags under 'anyOf', 'allOf' or 'noneOf'",
      fixes: [replaceName(place, "anyOf")],
    });
  }
  if (nixosOptions.has(key.split(".", 1)[0]!) && known.includes("machineClass")) {
    return error("unknown-key", place, `unknown key ${quoted(key)}`, {
      help: "a machine's NixOS options go into its machines/NAME/configuration.nix",
    });
  }
  if (addresses.has(key) && known.includes("deploy")) {
    return error("unknown-key", place, `unknown key ${quoted(key)}`, {
      help: "the address of a machine goes into deploy: { targetHost: … }",
      fixes: nestKey(place, ["deploy", "targetHost"], "unsafe"),
    });
  }
  return error("unknown-key", place, `unknown key ${quoted(key)}${suggestion}`, {
    fixes,
    ...(suggestion === "" && { help: allowedKeys(known) }),
  });
}

/** What the address of a machine is called elsewhere. */
const addresses: ReadonlySet<string> = new Set([
  "address",
  "ansible_host",
  "host",
  "hostname",
  "ip",
]);

/** What people look for first where they describe a machine. */
const nixosOptions: ReadonlySet<string> = new Set([
  "boot",
  "disko",
  "environment",
  "fileSystems",
  "hardware",
  "imports",
  "networking",
  "nix",
  "nixpkgs",
  "programs",
  "security",
  "services",
  "system",
  "systemd",
  "time",
  "users",
  "virtualisation",
]);

function allowedKeys(keys: readonly string[]): string {
  return keys.length === 1
    ? `the only key allowed here is ${listed(keys)}`
    : `the keys allowed here are ${listed(keys)}`;
}

/** Shows it with the key that it is the value of. */
function correctShape(place: Place, { value, step, isIncomplete }: Reshaped): FindingDetails {
  const key = place instanceof Origin ? place.path.at(-1) : undefined;
  const shown = typeof key === "string" ? nestedIn([key], value) : value;
  const fixes = changeData(place, `write ${sketch(shown)}`, "unsafe", (path) => [
    step === undefined ? { kind: "replaceValue", path, value } : { kind: "wrapValue", path, step },
  ]);
  return { help: `write ${sketch(shown)}`, ...(!isIncomplete && { fixes }) };
}
