/**
 * Every message that a user can see. A pass reports a {@link Finding}: plain
 * data that says where by {@link Origin} or by offsets; ranges are added once,
 * when `compile` turns findings into {@link Diagnostic}s.
 */
import type { Service, ServiceSet } from "./catalogue.js";
import { isDataMap, type Data } from "./document.js";
import { FileContents, Float, isSpecial, PathValue, type Layer, type Value } from "./inventory.js";
import type { WrongValue } from "./mismatches.js";
import { mostListed, someValues, type Accepted } from "./setting-schema.js";
import { Origin, type Path, type Range, type Span } from "./source.js";
import { didYouMean, nearest, type KnownNames } from "./suggest.js";

export type Severity = "error" | "warning" | "note";

/** A finding as callers of the library get it. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  readonly related: readonly { readonly message: string; readonly range: Range }[];
  readonly help?: string;
}

/** Offsets in the text of the source with this index. */
export interface DocumentSpan extends Span {
  readonly document: number;
}

export type Place = Origin | DocumentSpan;

/** A diagnostic before its places are looked up. */
export interface Finding {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  readonly place: Place;
  readonly related: readonly RelatedPlace[];
  readonly help?: string;
}

export interface RelatedPlace {
  readonly message: string;
  readonly place: Place;
}

/** Records a finding; the pass goes on. */
export type Report = (finding: Finding) => void;

/** The closed list of codes. Each is documented by one sentence and has an example in `golden/`. */
export const codes = {
  "ambiguous-scalar": "A plain `yes`, `no`, `on`, `off` or `0644` in settings, which YAML 1.2 reads otherwise than many expect.",
  "deprecated-tld": "`meta.tld`, which Clan replaced by `meta.domain`.",
  "dotted-key": "A key with dots where Nix would nest, as in `deploy.targetHost:`.",
  "duplicate-key": "A key that stands twice in one map.",
  "empty-input": "A source without a document.",
  "export-gaps": "What an exported inventory cannot hold and the result therefore lacks.",
  "form-nesting": "Special forms inside each other in an order that Nix does not look at.",
  "impure-path": "An absolute path, which pure evaluation refuses.",
  "invalid-form": "A special form with a wrong or incomplete argument, or where none can stand.",
  "invalid-key": "A map or list as a key, or a key that Nix would call as a function.",
  "invalid-number": "A number that Nix cannot hold.",
  "invalid-path": "A text that is no relative or absolute path, or looks like a reference.",
  "invalid-reference": "A `!ref` that is not names joined by dots.",
  "invalid-string": "A string that Nix cannot hold.",
  "invalid-type": "A value of another kind than the inventory has there.",
  "invalid-value": "A value of the right kind that is not allowed there.",
  "limit-exceeded": "Input or output beyond a limit on size, nesting or number of values.",
  "lost-form": "A special form around the whole of `settings`, which Nix would silently lose.",
  "machine-name": "A machine whose name is no host name.",
  "member-count": "Fewer or more machines in a role, or more instances of a service, than the service allows.",
  "not-serializable": "A value that the chosen output form cannot hold.",
  "predefined-tag": "A definition of `all`, `nixos` or `darwin`, which replaces the predefined tag.",
  "raw-nix": "Raw Nix, which the caller did not allow.",
  "removed-option": "A key that Clan once had, or has elsewhere.",
  "reserved-setting": "A settings key that the module system takes for itself.",
  "setting-type": "A setting whose value the service does not accept.",
  "settings-conflict": "Definitions of one setting that cannot be merged.",
  "source-conflict": "Two sources that define one value differently.",
  "syntax-error": "Text that is neither YAML nor JSON, or not what its file name says.",
  "tag-cycle": "Computed tags that need each other.",
  "unknown-form": "A YAML tag, a lone `$` key, or a `_type`, that is no special form.",
  "unknown-key": "A key that the inventory does not have there.",
  "unknown-machine": "An assigned machine that is neither declared nor known.",
  "unknown-role": "A role that the service does not have.",
  "unknown-service": "A service that is not in the catalogue.",
  "unknown-setting": "A setting that the role does not have.",
  "unknown-tag": "A tag that no machine has.",
} as const;

export type Code = keyof typeof codes;

function error(code: Code, place: Place, message: string, more: { help?: string; related?: readonly RelatedPlace[] } = {}): Finding {
  return { code, severity: "error", message, place, related: [], ...more };
}

function warning(code: Code, place: Place, message: string, more: { help?: string; related?: readonly RelatedPlace[] } = {}): Finding {
  return { ...error(code, place, message, more), severity: "warning" };
}

function note(code: Code, place: Place, message: string, more: { help?: string } = {}): Finding {
  return { ...error(code, place, message, more), severity: "note" };
}

// One constructor a message, sorted by name.

export function ambiguousScalar(place: Place, text: string): Finding {
  const number = Number(text);
  if (Number.isNaN(number)) {
    return warning("ambiguous-scalar", place, `'${text}' is a string in YAML 1.2`, {
      help: `write ${booleanMeant(text)} for the boolean, or '${text}' in quotes for the string`,
    });
  }
  const octal = /^0[0-7]+$/.test(text) ? `, or 0o${text.slice(1)} for octal (${Number.parseInt(text, 8)})` : "";
  return warning("ambiguous-scalar", place, `YAML 1.2 reads ${text} as the integer ${number}`, {
    help: `write '${text}' in quotes for the string${octal}`,
  });
}

/** `most` is in UTF-16 units. */
export function answerTooLong(place: Place, most: number): Finding {
  return error("limit-exceeded", place, `the answer would be longer than ${most} characters`, { help: "ask to explain one machine, or one instance of it, at a time" });
}

export function circularReference(place: Place, most: number): Finding {
  return error("invalid-value", place, `this schema refers back to itself, or on through more than ${most} others, before it says anything`);
}

export function danglingReference(place: Place): Finding {
  return error("invalid-value", place, "nothing in this schema has this name", { help: "a '$ref' points into its own schema: #/$defs/…" });
}

export function deprecatedTld(place: Place): Finding {
  return warning("deprecated-tld", place, "'meta.tld' is deprecated", { help: "say 'domain' instead" });
}

export function dottedKey(place: Place, parts: readonly string[], value: Data): Finding {
  return error("dotted-key", place, `'${parts.join(".")}' is one key here: dots in keys do not nest`, {
    help: `write ${nested(parts, value)}`,
  });
}

export function dottedModuleKey(place: Place, parts: readonly string[], value: Data): Finding {
  return { ...dottedKey(place, parts, value), severity: "warning" };
}

/** `key` stands a second time at `place`. */
export function duplicateKey(place: Place, key: string, first: Place): Finding {
  return error("duplicate-key", place, `'${key}' stands twice in this map`, { related: [{ message: "first here", place: first }] });
}

export function emptyInput(place: Place): Finding {
  return error("empty-input", place, "there is nothing here: no inventory", { help: "an empty inventory is {}" });
}

export function emptySelector(place: Place, keys: readonly string[]): Finding {
  return error("invalid-value", place, "a selector needs at least one key", { help: `its keys are ${listed(keys)}` });
}

export function exportGaps(place: Place): Finding {
  return note("export-gaps", place, "this is Clan's own export, which lacks what JSON cannot hold", {
    help: "bring over by hand: 'extraModules', which it leaves out; functions and computed tags, of which it has only the result; paths, which it has as paths in the store",
  });
}

export function formArgument(place: Place, form: string, expected: string): Finding {
  return error("invalid-form", place, `'${form.slice(1)}' takes ${expected}`);
}

export function formNesting(place: Place, outer: string, inner: string): Finding {
  return error("form-nesting", place, `'${inner}' cannot stand inside '${outer}': Nix would not see it`, {
    help: "the order is: if or merge, around mkForce, mkDefault or mkOverride, around mkBefore, mkAfter or mkOrder, around the value",
  });
}

export function formWithOtherKeys(place: Place, key: string): Finding {
  return warning("unknown-form", place, `'${key}' is a special form only where it is the only key of its map; here it is an ordinary setting`);
}

export function impurePath(place: Place, path: string): Finding {
  return warning("impure-path", place, `'${path}' is absolute: a flake cannot read it in pure evaluation`, {
    help: "write it relative to this file",
  });
}

export function incompleteForm(place: Place, type: string, fields: readonly string[]): Finding {
  return error("invalid-form", place, `'_type: ${type}' takes exactly ${joinNames(fields)}`);
}

/** The module system takes it for a definition with a position of its own: never a value. */
export function internalForm(place: Place, type: string): Finding {
  return error("invalid-form", place, `'_type: ${type}' is internal to the module system and cannot be a setting`);
}

export function interpolatedReference(place: Place): Finding {
  return error("invalid-reference", place, "Nix would evaluate what is in '${…}': a reference holds names only", {
    help: "write \\${ in the quoted name for these two characters",
  });
}

export function invalidKey(place: Place, kind: "map" | "list" | "form"): Finding {
  const found = kind === "form" ? "a special form" : `a ${kind}`;
  return error("invalid-key", place, `${found} cannot be a key`, { help: "keys are strings; quote it if it is one" });
}

export function invalidMerge(place: Place): Finding {
  return error("invalid-type", place, "'<<' merges a map, an alias of one, or a list of these", { help: "quote it for an ordinary key: \"<<\"" });
}

export function invalidMeta(place: Place, field: string, value: string): Finding {
  const rules: { readonly [field: string]: string } = {
    name: "a clan's name has only letters, digits, '_' and '-'",
    domain: "a domain has lower-case letters, digits and '-', in parts of at most 63 joined by dots",
    tld: "a top-level domain has only lower-case letters",
  };
  return error("invalid-value", place, `'${value}' cannot be the ${field} of a clan`, { help: rules[field]! });
}

export function invalidModule(place: Place): Finding {
  return error("invalid-type", place, "a module is a path, a '!ref', or a map");
}

export function invalidModuleContent(place: Place, form: string): Finding {
  return error("invalid-type", place, `'${form}' as a module holds a map of options, not another module`, {
    help: "list files and imports without it",
  });
}

export function invalidPath(place: Place, problem: string): Finding {
  return error("invalid-path", place, problem);
}

export function invalidReference(place: Place): Finding {
  return error("invalid-reference", place, "a reference is names joined by dots, nothing else", { help: referenceExamples });
}

export function invalidString(place: Place, problem: "nul" | "surrogate"): Finding {
  const found = problem === "nul" ? "a NUL character" : "half of a surrogate pair";
  return error("invalid-string", place, `${found} cannot be in a Nix string`);
}

/** `expected` are type names of JSON Schema. */
export function invalidType(place: Place, expected: readonly string[], found: Data): Finding {
  const kinds = expected.filter((type) => type !== "null").map((type) => kindNames[type]!);
  const help = isDataMap(found) && place instanceof Origin ? longForm(place.path) : typeHelp(expected, found);
  return error("invalid-type", place, `expected ${kinds.join(" or ")}, found ${kind(found)}`, { ...(help !== undefined && { help }) });
}

export function invalidUtf8(place: Place): Finding {
  return error("syntax-error", place, "a byte that is not UTF-8", { help: "save the file as UTF-8" });
}

export function limitExceeded(place: Place, limit: "checks" | "depth" | "members" | "nodes" | "patterns" | "settings" | "size", most: number): Finding {
  const problems = {
    checks: `holding the settings against what is known of services takes more than ${most} steps`,
    depth: `maps and lists nest deeper than ${most} levels`,
    members: `tags stand for more than ${most} machines, counted anew in each role and selector`,
    nodes: `the inventory has more than ${most} values, counting aliases as what they stand for`,
    patterns: `the patterns of computed tags would be compared with more than ${most} tags`,
    settings: `the merged settings of all members come to more than ${most} values`,
    size: `the text is longer than ${most} characters`,
  };
  return error("limit-exceeded", place, problems[limit]);
}

export function lostForm(place: Place, form: string): Finding {
  return error("lost-form", place, `'${form}' around the whole of 'settings' would be silently lost in Nix`, {
    help: "put it on the values inside",
  });
}

export function machineNameNotHost(place: Place, machine: string): Finding {
  return warning("machine-name", place, `'${machine}' is no host name`, {
    help: "a host name has letters, digits and inner '-', at most 63",
  });
}

export function misplacedForm(place: Place, key: string): Finding {
  return error("invalid-form", place, `the special form '${key.slice(1)}' cannot stand here`, { help: "special forms stand in 'settings' and in 'extraModules'" });
}

export function notAllowedValue(place: Place, value: string, allowed: readonly (string | null)[]): Finding {
  const names = allowed.filter((name) => name !== null);
  return error("invalid-value", place, `'${value}' is not allowed here${didYouMean(value, names)}`, {
    help: `allowed are ${listed(names)}`,
  });
}

export function notAMap(place: Place, isForm: boolean): Finding {
  return error("invalid-type", place, "settings are a map", { ...(isForm && { help: "for a module use 'extraModules'" }) });
}

export function notSerializable(place: Place, form: string): Finding {
  return error("not-serializable", place, `JSON cannot hold this (${form})`, { help: "use --to nix or --to yaml" });
}

export function numberNotHeld(place: Place, text: string): Finding {
  const problem = /^[-+]?(\d+|0x[\da-f]+|0o[0-7]+)$/i.test(text) ? "does not fit the 64 bits of a Nix integer" : "is no number that Nix has";
  return error("invalid-number", place, `${clipped(text)} ${problem}`, { help: "quote it if a string will do" });
}

export function outputTooLong(place: Place, most: number, emit: "resolved" | "declared"): Finding {
  const help = "emit the inventory as 'declared': there the settings of a tag stand once, not with every member";
  return error("limit-exceeded", place, `the output would be longer than ${most} characters`, emit === "resolved" ? { help } : {});
}

export function predefinedTag(place: Place, tag: string): Finding {
  return warning("predefined-tag", place, `this replaces the predefined tag '${tag}'`, {
    help: tag === "all" ? "use another name, unless 'all' shall no longer mean all machines" : "use another name, or set 'machineClass' on the machines",
  });
}

export function rawNixNotAllowed(place: Place): Finding {
  return error("raw-nix", place, "raw Nix is not allowed here", {
    help: "allow it with --allow-nix if you trust this file, or use !path or !ref",
  });
}

export function referenceAsPath(place: Place, text: string): Finding {
  return warning("invalid-path", place, `'${text}' is read as the path of a file`, { help: `for the attribute write !ref ${text}` });
}

export function removedModules(place: Place): Finding {
  return error("removed-option", place, "'modules' is no part of an inventory", {
    help: "register services in 'clan.modules' of the flake",
  });
}

export function removedServices(place: Place): Finding {
  return error("removed-option", place, "'services' was removed from Clan", { help: "use 'instances'" });
}

export function reservedReference(place: Place, name: string): Finding {
  return error("invalid-reference", place, `'${name}' cannot be the first name of a reference: it would be an argument of the output`, { help: referenceExamples });
}

export function reservedSetting(place: Place, key: string): Finding {
  const problem = key === "config" ? "'config' cannot stand beside other keys: it is the long form of settings" : `settings cannot hold '${key}'`;
  return error("reserved-setting", place, problem, {
    help: key === "config" ? "move the other keys into it" : key === "_module" ? "it belongs to the module system itself" : "bring modules in through 'extraModules'",
  });
}

export function settingsConflict(conflict: {
  readonly instance: string;
  readonly role: string;
  readonly path: readonly string[];
  readonly definitions: readonly { readonly origin: Origin; readonly layer: Layer }[];
  readonly isText: boolean;
  /** The members that meet the conflict; none where it is in a layer that no member has. */
  readonly machines: readonly string[];
  readonly emit: "resolved" | "declared";
}): Finding {
  const { instance, role, path, definitions, isText, machines, emit } = conflict;
  const [first, ...rest] = definitions.map(({ origin, layer }) => ({ place: origin, message: `${describeLayer(layer)} defines it here` }));
  const names = [...new Set(definitions.map(({ layer }) => describeLayer(layer)))];
  const layers = names.length > 1 ? joinNames(names) : `${names[0]!} in ${definitions.length === 2 ? "two" : definitions.length} places`;
  const others = machines.length > 1 ? ` and ${machines.length - 1} more` : "";
  const affected = machines.length > 0 ? `'${machines[0]}'${others}` : "whichever machine has it";
  const message = `'${path.join(".")}' is defined differently by ${layers}, for ${affected} in role '${role}' of '${instance}'`;
  const fixes = "put !mkForce on the one that shall win, or !mkDefault on the others";
  const more = {
    related: rest,
    help: isText ? `${fixes}; if the option joins lines, give an order (!mkBefore, !mkAfter)${emit === "resolved" ? " or use --emit declared" : ""}` : fixes,
  };
  return isText && emit === "declared" ? warning("settings-conflict", first!.place, message, more) : error("settings-conflict", first!.place, message, more);
}

export function sourceConflict(place: Place, first: Place, what: string, value: string, firstValue: string): Finding {
  return error("source-conflict", place, `'${what}' is ${value} here, but ${firstValue} elsewhere`, {
    related: [{ message: "first defined here", place: first }],
    help: "keep one of them",
  });
}

/** `found` is the piece of text that the problem is about. */
export function syntaxError(place: Place, problem: SyntaxProblem, found = "", related: readonly RelatedPlace[] = []): Finding {
  const shown = found.length > 40 ? `${found.slice(0, 37)}...` : found;
  const [message, help] = syntaxProblems[problem].map((text) => text.replace("{}", () => shown));
  return error("syntax-error", place, message!, { related, ...(help !== undefined && { help }) });
}

/** `others` are the tags on the cycle after the first, in order. */
export function tagCycle(place: Place, cycle: readonly string[], others: readonly { readonly tag: string; readonly place: Place }[]): Finding {
  const path = [...cycle, cycle[0]].map((tag) => `'${tag}'`).join(" needs ");
  return error("tag-cycle", place, `computed tags form a cycle: ${path}`, {
    related: others.map(({ tag, place }) => ({ message: `'${tag}' is computed here`, place })),
    help: "break it by naming machines, or by a tag on the machines",
  });
}

export function tagMismatch(place: Place, tag: string): Finding {
  return error("invalid-value", place, `'${tag}' does not fit its value`);
}

export function tooFewMachines(place: Place, role: string, count: number, least: number, use: ServiceUse): Finding {
  return byCatalogue(use.set, "member-count", place, `role '${role}' of '${use.serviceName}' needs at least ${machines(least)}, but has ${count === 0 ? "none" : count} in '${use.instanceName}'`);
}

export function tooLongAtOnce(place: Place): Finding {
  return error("limit-exceeded", place, "this is too long to be read at once", {
    help: "write long lists and maps on lines of their own, not in brackets, and without an anchor, a tag or a directive before them",
  });
}

/** `instances` are those of one service. */
export function tooManyInstances(instances: readonly (ServiceUse & { readonly instance: { readonly origin: Origin } })[], most: number): Finding {
  const [excess, ...rest] = instances.slice(most);
  const { set, serviceName, instance } = excess!;
  const others = [...instances.slice(0, most), ...rest];
  return byCatalogue(set, "member-count", instance.origin, `there can be at most ${most === 1 ? "one instance" : `${most} instances`} of '${serviceName}'`, {
    related: others.map(({ instanceName, instance }) => ({ message: `'${instanceName}' is one`, place: instance.origin })),
  });
}

export function tooManyMachines(place: Place, role: string, members: readonly string[], most: number, use: ServiceUse): Finding {
  const shown = members.slice(0, Math.min(most + 1, mostListed));
  const others = members.length > shown.length ? ` and ${members.length - shown.length} more` : "";
  return byCatalogue(use.set, "member-count", place, `role '${role}' of '${use.serviceName}' takes at most ${machines(most)}, but has ${members.length} in '${use.instanceName}': ${shown.map((name) => `'${name}'`).join(", ")}${others}`);
}

export function uncallableKey(place: Place, key: string): Finding {
  return error("invalid-key", place, `'${key}' cannot be a key: Nix would call it as a function`);
}

export function unknownForm(place: Place, tag: string, forms: readonly string[]): Finding {
  const suggestion = didYouMean(tag, forms);
  const help = Object.hasOwn(foreignTags, tag) ? foreignTags[tag]! : `the tags are ${listed(forms)}`;
  return error("unknown-form", place, `no special form is '${tag}'${suggestion}`, { ...((suggestion === "" || help === foreignTags[tag]) && { help }) });
}

/** `home` is where else the key belongs, the root being empty. */
export function unknownKey(place: Place, key: string, known: readonly string[], home: string | undefined): Finding {
  const suggestion = didYouMean(key, known);
  const help =
    key === "tags" && known.includes("anyOf")
      ? "a selector chooses by 'anyOf', 'allOf' or 'noneOf'"
      : home !== undefined
        ? `'${key}' belongs ${home === "" ? "at the top level" : `under '${home}'`}`
        : suggestion === ""
          ? `the keys here are ${listed(known)}`
          : undefined;
  return error("unknown-key", place, `unknown key '${key}'${suggestion}`, { ...(help !== undefined && { help }) });
}

/** A finding only where the key looks like a special form: other `$` keys are ordinary settings. */
export function unknownLoneKey(place: Place, key: string, forms: readonly string[]): Finding | undefined {
  const suggestion = didYouMean(key, forms);
  if (suggestion === "") return undefined;
  return warning("unknown-form", place, `'${key}' is no special form${suggestion}`);
}

/** `list` is, for a name that is a tag's, what it stands in: a role's machines, or a tag's definition. */
export function unknownMachine(place: Place, machine: string, known: Iterable<string>, list?: "role" | "static" | "computed"): Finding {
  const helps = {
    role: "list it under 'tags' to assign all its machines",
    static: `a list names machines only; for all of that tag, write { anyOf: [${machine}] }`,
    computed: "a selector names tags under 'anyOf', 'allOf' or 'noneOf'",
  };
  return error("unknown-machine", place, `no machine is named '${machine}'${didYouMean(machine, known)}`, {
    ...(list !== undefined && { help: `'${machine}' is a tag: ${helps[list]}` }),
  });
}

export function unknownRole(place: Place, role: string, known: KnownNames, use: ServiceUse): Finding {
  const suggestion = didYouMean(role, known.near);
  return byCatalogue(use.set, "unknown-role", place, `'${use.serviceName}' has no role '${role}'${suggestion}`, {
    ...(suggestion === "" && known.all.length <= mostListed && { help: enumerated("role", known.all) }),
  });
}

/** `isNamed`: whether the instance names its module; `known`: the services of the set; `elsewhere`: another set that does have such a service. */
export function unknownService(place: Place, service: string, isNamed: boolean, set: ServiceSet, known: KnownNames, elsewhere: ServiceSet | undefined): Finding {
  const suggestion = didYouMean(service, known.near);
  const near = isNamed ? undefined : (nearest(service, known.near)[0] ?? service.split(/[^a-zA-Z0-9]/).find((part) => set.services.has(part)));
  const help =
    elsewhere !== undefined
      ? `'${elsewhere.input}' has one: module: { name: ${service}, input: ${elsewhere.input} }`
      : near !== undefined
        ? `an instance with a name of its own says which service it is of: module: ${near}`
        : known.all.length <= mostListed
          ? enumerated("service", known.all)
          : "for a service of another flake input: module: { name: …, input: … }";
  return byCatalogue(set, "unknown-service", place, `${set.input} has no service '${service}'${suggestion}`, { ...(!(isNamed && suggestion !== "") && { help }) });
}

export function unknownSetting(place: Place, path: Path, known: KnownNames, role: string, use: ServiceUse): Finding {
  const key = String(path.at(-1));
  const suggestion = didYouMean(key, known.near);
  const where = path.length > 1 ? `'${dotted(path.slice(0, -1))}'` : "the role";
  return byCatalogue(use.set, "unknown-setting", place, `role '${role}' of '${use.serviceName}' has no setting '${dotted(path)}'${suggestion}`, {
    ...(suggestion === "" && known.all.length <= mostListed && { help: `${where} has ${known.all.length === 0 ? "none" : listed(known.all)}` }),
  });
}

export function unknownTag(place: Place, tag: string, known: Iterable<string>): Finding {
  return warning("unknown-tag", place, `no machine has the tag '${tag}'${didYouMean(tag, known)}`);
}

/** A finding only where the type is near one of `forms`: others are ordinary settings. */
export function unknownType(place: Place, type: string, forms: readonly string[]): Finding | undefined {
  const suggestion = didYouMean(type, forms);
  if (suggestion === "") return undefined;
  return warning("unknown-form", place, `'_type: ${type}' is no special form${suggestion}`);
}

export function wrongField(place: Place, field: string): Finding {
  const types: { readonly [field: string]: string } = { priority: "an integer", condition: "true or false", contents: "a list" };
  return error("invalid-form", place, `'${field}' is ${types[field]!}`);
}

/** `others` are the origins of what is wrong only together with what stands at `place`. */
export function wrongSetting(place: Place, { path, expected, near, found }: WrongValue, others: readonly Origin[], role: string, use: ServiceUse): Finding {
  const help = isSpecial(found) || expected.types.includes(typeof found) ? undefined : typeHelp(expected.types, found as Data);
  const suggestion = typeof found === "string" ? didYouMean(found, near) : "";
  return byCatalogue(use.set, "setting-type", place, `'${dotted(path)}' of role '${role}' must be ${accepted(expected)}, found ${foundValue(found)}${suggestion}`, {
    related: others.map((origin) => ({ message: "and here", place: origin })),
    ...(help !== undefined && { help }),
  });
}

// What messages are made of.

const referenceExamples = "for example: !ref inputs.srvos.nixosModules.server, or !ref self.nixosModules.\"my module\"";

/** What to do instead of tags that people know from elsewhere. */
const foreignTags: { readonly [tag: string]: string } = {
  "!mkIf": "write it as data: {_type: if, condition: true, content: ...}",
  "!mkMerge": "write it as data: {_type: merge, contents: [...]}",
  "!include": "give the other file as a further source",
  "!import": "give the other file as a further source, or list a module under 'extraModules'",
  "!secret": "an inventory holds no secrets: let the service read them from Clan's vars",
  "!vault": "an inventory holds no secrets: let the service read them from Clan's vars",
  "!env": "the result depends on nothing but its sources: write the value itself",
};

export type SyntaxProblem = keyof typeof syntaxProblems;

/** What can be wrong with a text, and what helps; `{}` is the piece of text that it is about. */
const syntaxProblems = {
  aliasProperties: ["an alias cannot carry a tag or an anchor", "nest the tag's form instead: {\"$mkForce\": *name}"],
  badDirective: ["'{}' is no directive of YAML 1.2"],
  badEscape: ["'{}' is no escape", "write \\\\ for a backslash, or in YAML single quotes around the string"],
  badNumber: ["'{}' is no JSON number", "JSON numbers have no leading zeros, plus signs, bare dots or hex digits"],
  blockHeader: ["'{}' cannot follow the '|' or '>' of a block text"],
  blockInFlow: ["entries between brackets are separated by commas, not by lines or dashes"],
  blockLessIndented: ["this line is less indented than the block text that it belongs to"],
  blockMoreIndentedStart: ["the empty lines at the start of this block text are more indented than its first line"],
  cannotRead: ["this text is too intricate to be read"],
  comment: ["JSON has no comments"],
  commentSpace: ["a comment needs a space before its '#'"],
  controlCharacter: ["the control character {} cannot stand here", "write it as an escape in double quotes"],
  cyclicAlias: ["'*{}' stands inside the value that it refers to"],
  directiveEnd: ["a '---' line is missing after the directives"],
  documentStartLine: ["a map or list cannot start on the line of '---'"],
  emptyAnchor: ["an anchor or alias needs a name"],
  emptyFlowItem: ["there is nothing between these commas"],
  entryInMap: ["a list entry stands among the keys of a map", "indent it more than the key that it belongs to"],
  extraComma: ["there is nothing before this comma"],
  keyMultiline: ["this was read as one key over several lines", "look for a missing ':' or wrong indentation"],
  keyTooLong: ["a key of more than 1024 characters needs '? ' before it"],
  lineBreakInString: ["a line ends within a string", "close the string, or write \\n for a line break"],
  listAfterKey: ["a list cannot start on the line of its key", "start it on the next line"],
  listAfterProperties: ["a list cannot start on the line of its tag or anchor", "start it on the next line"],
  listAlignment: ["this '-' does not line up with the others of its list"],
  listAsKey: ["a list cannot be a key"],
  mapAlignment: ["this key does not line up with the other keys of its map"],
  mapAfterMap: ["a second ': ' on this line", "quote the value, or nest the map on the next line"],
  missingColon: ["a ':' is missing after this key"],
  missingComma: ["a comma is missing before this"],
  missingDash: ["an entry of this list has no '- '"],
  missingValue: ["a value is missing here"],
  mismatchedClose: ["'{}' closes nothing that is open"],
  multipleAnchors: ["a value can have one anchor only"],
  multipleDocuments: ["a second document starts here; an inventory is one", "put it into a file of its own and give both files"],
  multipleTags: ["a value can have one tag only", "nest the inner form: !mkForce {\"$mkBefore\": [...]}"],
  notAKey: ["JSON keys are strings in double quotes"],
  plainStart: ["a text cannot start with '{}' unless it is quoted"],
  propertiesBeforeIndicator: ["tags and anchors stand after '{}', not before"],
  propertySpace: ["a space is missing after a tag or an anchor"],
  quoteMissing: ["this string is not closed", "add the closing quote: {}"],
  singleQuotes: ["JSON strings have double quotes"],
  spaceAfterColon: ["a space is missing after ':'"],
  spaceAfterDash: ["a space is missing after '-'"],
  tabIndentation: ["a tab cannot indent YAML", "use spaces"],
  tagSyntax: ["'{}' is no tag"],
  textAfterQuote: ["there is text after the closing quote", "inside '...' write a quote twice, inside \"...\" write \\\" for one"],
  textAfterEnd: ["there is more text after the end of the JSON value"],
  trailingComma: ["JSON allows no comma after the last entry"],
  unclosed: ["this '{}' is not closed", "if it is, indent what is inside more than the key"],
  unexpected: ["'{}' cannot stand here"],
  unexpectedEnd: ["the text ends here, but a value is not finished"],
  unknownAlias: ["no anchor '&{}' stands before this alias"],
  unknownWord: ["'{}' is no JSON value", "JSON has true, false and null; strings need double quotes"],
  unquotedKey: ["'{}' needs double quotes in JSON"],
  yaml: ["this looks like YAML, but is read as JSON", "a .json file is strict JSON: rename it, or use --from yaml"],
} as const satisfies { readonly [problem: string]: readonly [message: string, help?: string] };

const kindNames: { readonly [type: string]: string } = {
  object: "a map",
  array: "a list",
  string: "a string",
  integer: "an integer",
  boolean: "true or false",
  number: "a number",
};

function kind(value: Data): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (value instanceof Float) return "a float";
  if (typeof value === "object") return "a map";
  return typeof value === "string" ? "a string" : `${value}`;
}

/** Does not say again what is no string: it may have been written otherwise, `0x10` or `True`. */
function typeHelp(expected: readonly string[], found: Data): string | undefined {
  const isScalar = typeof found !== "object" || found instanceof Float;
  if (found === null) return "remove the empty entry";
  if (expected.includes("string") && isScalar) return "put it in quotes";
  if (expected.includes("array") && isScalar) return typeof found === "string" ? `write a list: ${inline([found])}` : "put it in brackets, as a list of one";
  if (expected.includes("integer") && typeof found === "string" && /^-?\d+$/.test(found)) return `write ${found}, without quotes`;
  if (expected.includes("boolean") && typeof found === "string") return `write ${booleanMeant(found) ?? "true or false"}, without quotes`;
  return undefined;
}

/** What to do about a map in a list, where the list is short for a map. */
function longForm(path: Path): string | undefined {
  const isShort = typeof path.at(-1) === "number" && (path.length === 2 ? path[0] === "machines" : path[2] === "roles");
  return isShort ? `a list holds names only; with fields write ${path.at(-2)}: { <name>: { … } }` : undefined;
}

/** What a string means that is a boolean in YAML 1.1. */
function booleanMeant(text: string): boolean | undefined {
  return /^(?:yes|on|y|true)$/i.test(text) ? true : /^(?:no|off|n|false)$/i.test(text) ? false : undefined;
}

/** `deploy: { targetHost: "root@laptop" }` */
function nested(parts: readonly string[], value: Data): string {
  const [first, ...rest] = parts;
  return rest.length > 0 ? `${first}: { ${nested(rest, value)} }` : `${first}: ${inline(value)}`;
}

/** A scalar, or a list of scalars, as YAML; `…` for anything larger. */
function inline(value: Data): string {
  if (Array.isArray(value) && value.length <= 3 && value.every((item) => typeof item !== "object")) return `[${value.map(inline).join(", ")}]`;
  if (value instanceof Float || typeof value === "object") return "…";
  return typeof value === "string" ? JSON.stringify(value) : `${value}`;
}

/** `'a', 'b' and 'c'` */
function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  const last = quoted.pop()!;
  return quoted.length > 0 ? `${quoted.join(", ")} and ${last}` : last;
}

/** `it has none`, `its only role is 'a'`, `its roles are 'a' and 'b'` */
function enumerated(noun: string, names: readonly string[]): string {
  if (names.length === 0) return "it has none";
  return names.length === 1 ? `its only ${noun} is ${listed(names)}` : `its ${noun}s are ${listed(names)}`;
}

function describeLayer(layer: Layer): string {
  return layer.kind === "role" ? "the role" : `${layer.kind} '${layer.name}'`;
}

/** `a`, `a and b`, `a, b and c` */
function joinNames(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** What messages say of an instance whose service the catalogue knows. */
export interface ServiceUse {
  readonly instanceName: string;
  readonly serviceName: string;
  readonly service: Service;
  readonly set: ServiceSet;
}

/** A finding as grave as the catalogue is sure; one that may differ from the user's version says what it is of. */
function byCatalogue(set: ServiceSet, code: Code, place: Place, message: string, more: { help?: string; related?: readonly RelatedPlace[] } = {}): Finding {
  const version = set.severity === "warning" ? `this is ${set.input} as of ${set.date} (--services for another)` : undefined;
  const help = [more.help, version].filter((part) => part !== undefined).join("; ");
  return { ...error(code, place, message, { ...more, ...(help !== "" && { help }) }), severity: set.severity };
}

/** `a.b[2].c` */
function dotted(path: Path): string {
  return path.map((key, index) => (typeof key === "number" ? `[${key}]` : index === 0 ? key : `.${key}`)).join("");
}

/** `null, a string, 'all', 'none' or one of 7 others` */
function accepted({ types, values, least, most }: Accepted): string {
  const names = types.filter((type) => type !== "integer" || !types.includes("number")).map((type) => kindNames[type] ?? type);
  const words = [...names, ...someValues(values, (value) => (typeof value === "string" ? `'${clipped(value)}'` : inline(value)))];
  const range = least === undefined ? most !== undefined && ` of at most ${most}` : most === undefined ? ` of at least ${least}` : ` from ${least} to ${most}`;
  if (words.length === 0) return "absent";
  const last = words.pop()!;
  return `${words.length > 0 ? `${words.join(", ")} or ` : ""}${last}${range || ""}`;
}

function foundValue(value: Value): string {
  if (value instanceof PathValue) return "a path";
  if (value instanceof FileContents) return "the text of a file";
  if (value instanceof Float) return `the float ${value.value.toFixed(1)}`;
  if (typeof value === "string") return `the string ${JSON.stringify(clipped(value))}`;
  if (typeof value === "number") return `the ${Number.isInteger(value) ? "integer" : "float"} ${value}`;
  return typeof value === "bigint" ? `the integer ${value}` : kind(value as Data);
}

function clipped(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}

function machines(count: number): string {
  return count === 1 ? "one machine" : `${count} machines`;
}
