import type { Data } from "../model/data.js";
import { listFields } from "../model/free-form.js";
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
import { byCatalogue, type ServiceUse } from "./by-catalogue.js";
import type { Finding, Place } from "./diagnostic.js";
import { error, type FindingDetails } from "./finding.js";
import {
  changeData,
  guess,
  type ListedNames,
  nestKey,
  type RoleList,
  relist,
  wrapValue,
} from "./fixes.js";
import { nestedIn, sketch } from "./sketch.js";
import type { KnownNames } from "./suggest.js";
import { correctType } from "./type-corrections.js";
import {
  clipped,
  dotted,
  firstNames,
  inline,
  joinNames,
  kind,
  kindNames,
  listed,
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

/** A machine or tag is among the settings of a role, whose list of these holds `others`. */
export function memberAmongSettings(
  place: Origin,
  name: string,
  list: RoleList,
  others: ListedNames,
  use: ServiceUse,
): Finding {
  const kind = list === "tags" ? "tag" : "machine";
  const message = `${quoted(name)} is not a setting, but a ${kind}: it belongs under the '${list}' of the role`;
  return {
    ...byCatalogue(use.set, "unknown-setting", place, message, {
      help: `list it under '${list}'`,
      fixes: relist(place, name, list, { belong: false, others }),
    }),
    hides: [[...place.path.slice(0, -2), list, name]],
  };
}

/** The setting `owner.name` beside it has such a key, and others of `owner.keys`, which are all here. */
export function misplacedSetting(
  place: Place,
  path: Path,
  { name, keys }: { readonly name: string; readonly keys: readonly string[] },
  role: string,
  use: ServiceUse,
): Finding {
  const inside = dotted([...path.slice(0, -1), name, path.at(-1)!]);
  const message = `role ${quoted(role)} of ${quoted(use.serviceName)} has no setting ${quoted(dotted(path))}; did you mean ${quoted(inside)}?`;
  return byCatalogue(use.set, "unknown-setting", place, message, {
    help: `move ${joinNames(firstNames(keys.map(quoted)))} under ${quoted(name)}`,
    fixes:
      keys.length > maxMoved
        ? []
        : changeData(place, `move under ${quoted(name)}`, "unsafe", (at) =>
            keys.map((key) => ({
              kind: "moveEntry",
              from: [...at.slice(0, -1), key],
              to: [...at.slice(0, -1), name, key],
            })),
          ),
  });
}

/** So many keys are moved by one fix. */
const maxMoved = 20;

export function unknownSetting(
  place: Place,
  path: Path,
  known: KnownNames,
  role: string,
  use: ServiceUse,
): Finding {
  const key = String(path.at(-1));
  if (path.length === 1 && listFields.has(key)) {
    return roleKeyInSettings(place, key, use);
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

/** Machines, tags and modules are not settings: they are listed at the role. */
function roleKeyInSettings(place: Place, key: string, use: ServiceUse): Finding {
  const message = `'${key}' is not a setting: it belongs beside the 'settings' of the role`;
  const at = place instanceof Origin ? place.path : [];
  // In the settings of a machine or a tag it cannot simply move up: it would be for all members.
  const isAtRole = at.length === 6;
  return byCatalogue(use.set, "unknown-setting", place, message, {
    help: isAtRole
      ? "move it one level up"
      : key !== "extraModules"
        ? `list ${key} at the role itself`
        : "a role's 'extraModules' are for all its members; for some of them use another instance",
    fixes: isAtRole
      ? changeData(place, "move it one level up", "unsafe", (path) => [
          { kind: "moveEntry", from: path, to: [...path.slice(0, -2), key] },
        ])
      : [],
    hides: [[...at.slice(0, 4), key]],
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
      outranks: ["settings-conflict"],
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
