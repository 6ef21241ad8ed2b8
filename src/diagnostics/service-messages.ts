import {
  defaultInput,
  type MovedService,
  type Service,
  type ServiceSet,
} from "../model/catalogue.js";
import type { Data } from "../model/data.js";
import { Origin, type Path } from "../model/origin.js";
import { type Accepted, mostListed, someValues } from "../model/setting-schema.js";
import {
  FileContents,
  Float,
  Interpolation,
  isSpecial,
  PathValue,
  type Value,
} from "../model/value.js";
import type { Code } from "./codes.js";
import type { Finding, Place } from "./diagnostic.js";
import { error, type FindingDetails, note } from "./finding.js";
import { changeData, type Guess, guess, nestKey, replaceName, wrapValue } from "./fixes.js";
import { nestedIn, sketch } from "./sketch.js";
import { didYouMean, type KnownNames, nearest } from "./suggest.js";
import { correctType } from "./type-corrections.js";
import {
  clipped,
  dotted,
  inline,
  kind,
  kindNames,
  listed,
  machines,
  maxName,
  quoted,
} from "./words.js";

export function circularReference(place: Place, limit: number): Finding {
  return error(
    "invalid-schema",
    place,
    `this schema only refers to itself, or to a chain of more than ${limit} other schemas`,
  );
}

export function danglingReference(place: Place): Finding {
  return error("invalid-schema", place, "'$ref' points to nothing in this schema", {
    help: "write a path inside this schema, such as #/$defs/…",
  });
}

/** `keys` are those of the nested form. */
export function dottedKnownSetting(
  place: Place,
  keys: readonly string[],
  { set }: ServiceUse,
): Finding {
  const message = `'${keys.join(".")}' is a single key: dots do not nest`;
  return byCatalogue(set, "dotted-key", place, message, {
    help: `write ${sketch(nestedIn(keys, "…"))}`,
    fixes: nestKey(place, keys, "safe"),
  });
}

export function movedService(
  place: Place,
  service: string,
  set: ServiceSet,
  { input, url }: MovedService,
): Finding {
  const message = `${quoted(service)} has moved from ${set.input} to ${quoted(input)}`;
  const from = url === undefined ? "" : ` (${url})`;
  return byCatalogue(set, "unknown-service", place, message, {
    help: `make ${input}${from} an input of the flake, and write module: { name: ${service}, input: ${input} }`,
  });
}

/** `place` is what pins clan-core; `latest` is the day of the latest revision that is built in. */
export function newerClanCore(place: Place, date: string, latest: string): Finding {
  const message = `clan-core of ${date} is newer than the services that are built in, of ${latest}`;
  return note("newer-clan-core", place, message, {
    help: "to check against it: nix eval --json .#clanInternals.inventoryClass.moduleSchemas > services.json, then --services services.json",
  });
}

export function tooFewMachines(
  place: Place,
  role: string,
  count: number,
  minimum: number,
  use: ServiceUse,
): Finding {
  return byCatalogue(
    use.set,
    "member-count",
    place,
    `role ${quoted(role)} of ${quoted(use.serviceName)} needs at least ${machines(minimum)}, but has ${count === 0 ? "none" : count} in ${quoted(use.instanceName)}`,
  );
}

/** `instances` are all those of one service. */
export function tooManyInstances(
  instances: readonly (ServiceUse & { readonly instance: { readonly origin: Origin } })[],
  maximum: number,
): Finding {
  const [excess, ...rest] = instances.slice(maximum);
  const { set, serviceName, instance } = excess!;
  const others = [...instances.slice(0, maximum), ...rest];
  return byCatalogue(
    set,
    "member-count",
    instance.origin,
    `${quoted(serviceName)} allows at most ${maximum === 1 ? "one instance" : `${maximum} instances`}`,
    {
      related: others.map(({ instanceName, instance }) => ({
        message: `${quoted(instanceName)} is another`,
        place: instance.origin,
      })),
    },
  );
}

export function tooManyMachines(
  place: Place,
  role: string,
  members: readonly string[],
  maximum: number,
  use: ServiceUse,
): Finding {
  const shown = members.slice(0, Math.min(maximum + 1, mostListed));
  const others = members.length > shown.length ? ` and ${members.length - shown.length} more` : "";
  return byCatalogue(
    use.set,
    "member-count",
    place,
    `role ${quoted(role)} of ${quoted(use.serviceName)} allows at most ${machines(maximum)}, but has ${members.length} in ${quoted(use.instanceName)}: ${shown.map(quoted).join(", ")}${others}`,
  );
}

/** `input` is a flake input that no catalogue knows. */
export function uncheckedInput(place: Place, input: string, service: string): Finding {
  const message = `settings of services from '${input}' are not checked`;
  return note("unchecked-input", place, message, {
    help: `'${service}' looks like that of ${defaultInput}: if it is, pass --clan-core-input ${input}, else a catalogue with --services`,
  });
}

export function unknownRole(
  place: Place,
  role: string,
  known: KnownNames,
  use: ServiceUse,
): Finding {
  const { suggestion, fixes } = guess(place, role, known.near);
  return byCatalogue(
    use.set,
    "unknown-role",
    place,
    `${quoted(use.serviceName)} has no role ${quoted(role)}${suggestion}`,
    {
      fixes,
      ...(suggestion === "" &&
        known.all.length <= mostListed && { help: `it has ${enumerated("role", known.all)}` }),
    },
  );
}

/**
 * `isNamed`: whether the instance names its module; `known`: the services of the set; `elsewhere`:
 * another set that has such a service.
 */
export function unknownService(
  place: Place,
  service: string,
  isNamed: boolean,
  set: ServiceSet,
  known: KnownNames,
  elsewhere: ServiceSet | undefined,
): Finding {
  const { suggestion, fixes } = guessService(place, service, set, known);
  const near = isNamed
    ? undefined
    : (nearest(service, known.near)[0] ??
      service.split(/[^a-zA-Z0-9]/).find((part) => set.services.has(part)));
  const help =
    elsewhere !== undefined
      ? `${quoted(elsewhere.input)} has it: write module: { name: ${clipped(service, maxName)}, input: ${elsewhere.input} }`
      : near !== undefined
        ? `if this is an instance of ${quoted(near)}, write module: ${near}`
        : known.all.length <= mostListed
          ? `it has ${enumerated("service", known.all)}`
          : "for a service of another flake input write module: { name: …, input: … }";
  return byCatalogue(
    set,
    "unknown-service",
    place,
    `${set.input} has no service ${quoted(service)}${suggestion}`,
    {
      ...(isNamed && { fixes }),
      ...(!(isNamed && suggestion !== "") && { help }),
    },
  );
}

/** The last part of a path such as `clan-core/users` may be the name. */
function guessService(place: Place, service: string, set: ServiceSet, known: KnownNames): Guess {
  const last = service.slice(service.search(/[^./]*$/));
  return last !== service && set.services.has(last)
    ? { suggestion: didYouMean([last]), fixes: [replaceName(place, last)] }
    : guess(place, service, known.near);
}

export function unknownSetting(
  place: Place,
  path: Path,
  known: KnownNames,
  role: string,
  use: ServiceUse,
): Finding {
  const key = String(path.at(-1));
  if (isModulesInSettings(path)) {
    return modulesInSettings(place, use);
  }
  const { suggestion, fixes } = guess(place, key, known.near);
  const where = path.length > 1 ? quoted(dotted(path.slice(0, -1))) : "the role";
  return byCatalogue(
    use.set,
    "unknown-setting",
    place,
    `role ${quoted(role)} of ${quoted(use.serviceName)} has no setting ${quoted(dotted(path))}${suggestion}`,
    {
      fixes,
      ...(suggestion === "" &&
        known.all.length <= mostListed && {
          help: `${where} has ${known.all.length === 0 ? "no settings" : listed(known.all)}`,
        }),
    },
  );
}

/** Modules are not a setting: they are listed at the role. */
function isModulesInSettings(path: Path): boolean {
  return path.length === 1 && path[0] === "extraModules";
}

function modulesInSettings(place: Place, use: ServiceUse): Finding {
  const message = "'extraModules' is not a setting: it belongs beside the 'settings' of the role";
  const at = place instanceof Origin ? place.path : [];
  // In the settings of a machine or a tag the modules would be for that member alone.
  const isOfRole = at.length === 6;
  return byCatalogue(use.set, "unknown-setting", place, message, {
    help: isOfRole
      ? "move it one level up"
      : "a role's 'extraModules' are for all its members; for some of them use another instance",
    fixes: isOfRole
      ? changeData(place, "move it one level up", "unsafe", (path) => [
          { kind: "moveEntry", from: path, to: [...path.slice(0, -2), "extraModules"] },
        ])
      : [],
  });
}

/** `others` are the origins of values that are wrong only together with the one at `place`. */
export function wrongSetting(
  place: Place,
  { path, expected, near, found }: WrongValue,
  others: readonly Origin[],
  role: string,
  use: ServiceUse,
): Finding {
  const correction = correctionOf(place, expected, found);
  const { suggestion, fixes } = guess(place, typeof found === "string" ? found : "", near);
  return byCatalogue(
    use.set,
    "setting-type",
    place,
    `${quoted(dotted(path))} of role ${quoted(role)} must be ${accepted(expected)}, found ${foundValue(found)}${suggestion}`,
    {
      related: others.map((origin) => ({ message: "together with this value", place: origin })),
      ...correction,
      fixes: [...(correction.fixes ?? []), ...fixes],
    },
  );
}

function correctionOf(place: Place, expected: Accepted, found: Value): FindingDetails {
  if (expected.isPath && typeof found === "string") {
    return /^[~<]|:/.test(found)
      ? {}
      : { help: `write !path ${clipped(found)}`, fixes: wrapValue(place, "$path", "safe") };
  }
  return isSpecial(found) || expected.types.includes(typeof found)
    ? {}
    : correctType(place, expected.types, found as Data);
}

/** `no roles`, `only the role 'a'`, `the roles 'a' and 'b'` */
function enumerated(noun: string, names: readonly string[]): string {
  if (names.length === 0) {
    return `no ${noun}s`;
  }
  return names.length === 1 ? `only the ${noun} ${listed(names)}` : `the ${noun}s ${listed(names)}`;
}

/** An instance whose service is in the catalogue. */
export interface ServiceUse {
  readonly instanceName: string;
  readonly serviceName: string;
  readonly service: Service;
  readonly set: ServiceSet;
}

/**
 * A finding with the severity of the catalogue. A warning names the version of the catalogue, which
 * may not be the user's.
 */
function byCatalogue(
  set: ServiceSet,
  code: Code,
  place: Place,
  message: string,
  more: FindingDetails = {},
): Finding {
  const version =
    set.severity === "warning"
      ? `checked against ${set.input} as of ${set.date} (${set.from === undefined ? "" : `from ${set.from}; `}--services for another)`
      : undefined;
  const help = [more.help, version].filter((part) => part !== undefined).join("; ");
  return {
    ...error(code, place, message, { ...more, ...(help !== "" && { help }) }),
    severity: set.severity,
  };
}

/** `null, a string, 'all', 'none' or one of 7 others` */
function accepted({ types, values, least, most, pattern, isPath }: Accepted): string {
  const text = isPath
    ? "a path"
    : `a string${pattern === undefined ? "" : ` that matches ${clipped(pattern)}`}`;
  const names = types
    .filter((type) => type !== "integer" || !types.includes("number"))
    .map((type) => (type === "string" ? text : (kindNames[type] ?? type)));
  const words = [
    ...names,
    ...someValues(values, (value) =>
      typeof value === "string" ? `'${clipped(value)}'` : inline(value),
    ),
  ];
  const range =
    least === undefined
      ? most !== undefined && ` of at most ${most}`
      : most === undefined
        ? ` of at least ${least}`
        : ` from ${least} to ${most}`;
  if (words.length === 0) {
    return "absent";
  }
  const last = words.pop()!;
  return `${words.length > 0 ? `${words.join(", ")} or ` : ""}${last}${range || ""}`;
}

function foundValue(value: Value): string {
  if (value instanceof PathValue) {
    return "a path";
  }
  if (value instanceof FileContents) {
    return "the contents of a file";
  }
  if (value instanceof Interpolation) {
    return "a string with references";
  }
  if (value instanceof Float) {
    return `the float ${value.value.toFixed(1)}`;
  }
  if (typeof value === "string") {
    return `the string ${JSON.stringify(clipped(value))}`;
  }
  if (typeof value === "number") {
    return `the ${Number.isInteger(value) ? "integer" : "float"} ${value}`;
  }
  return typeof value === "bigint" ? `the integer ${value}` : kind(value as Data);
}

/** A value that its schema does not accept. */
export interface WrongValue {
  readonly kind: "wrong";
  readonly path: Path;
  readonly origin: Origin;
  readonly expected: Accepted;
  /** Strings to suggest from. */
  readonly near: Iterable<string>;
  readonly found: Value;
}
