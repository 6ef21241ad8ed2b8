import type { Layer } from "../model/inventory.js";
import { Origin } from "../model/origin.js";
import type { Finding, Place, ProposedFix } from "./diagnostic.js";
import { error, warning } from "./finding.js";
import { changeData, guess, replaceName } from "./fixes.js";
import { sketch } from "./sketch.js";
import { clipped, dotted, firstNames, joinNames, maxName, quoted } from "./words.js";

/** `list` is where the machine is listed among tags. */
export function machineAsTag(
  place: Place,
  machine: string,
  list: "role" | "selector",
  fixes: readonly ProposedFix[] = [],
): Finding {
  const helps = {
    role: "list it under 'machines'",
    selector: "a selector lists machines under 'machines' or 'except'",
  };
  return warning("unknown-tag", place, `no machine has the tag ${quoted(machine)}`, {
    help: `${quoted(machine)} is a machine: ${helps[list]}`,
    fixes,
  });
}

export function machineNameNotHost(place: Place, machine: string): Finding {
  return warning("machine-name", place, `${quoted(machine)} is not a valid host name`, {
    help: "use at most 63 letters, digits and hyphens, with no hyphen at either end",
  });
}

/**
 * Several findings about an unknown `name`, as one: `declared`, which nothing uses, was meant to be
 * it.
 */
export function misspeltDeclaration(
  uses: readonly Finding[],
  name: string,
  declared: string,
  place: Place,
): Finding {
  const [{ code, severity }] = uses as [Finding];
  const places = uses.length === 1 ? "one place uses" : `${uses.length} places use`;
  const message = `nothing uses ${quoted(declared)}, but ${places} ${quoted(name)}; did you mean ${quoted(name)}?`;
  const finding = error(code, place, message, {
    related: uses.map((use) => ({ message: "used here", place: use.place })),
    fixes: [replaceName(place, name)],
    outranks: ["machine-name"],
  });
  return { ...finding, severity };
}

/** An unknown name and what is `declared`, which nothing else uses: either may be the misspelt one. */
export function nameOrDeclaration(use: Finding, declared: string, place: Place): Finding {
  return {
    ...use,
    related: [...use.related, { message: `${quoted(declared)} is here`, place }],
  };
}

export function predefinedTag(place: Place, tag: string): Finding {
  return warning("predefined-tag", place, `this replaces the predefined tag ${quoted(tag)}`, {
    help:
      tag === "all"
        ? "use another name, unless 'all' should no longer mean all machines"
        : "use another name, or set 'machineClass' on the machines",
  });
}

export function settingsConflict(conflict: {
  readonly instance: string;
  readonly role: string;
  readonly path: readonly string[];
  readonly definitions: readonly { readonly origin: Origin; readonly layer: Layer }[];
  readonly isText: boolean;
  /** The members affected; none if no member has the layer. */
  readonly machines: readonly string[];
  readonly emit: "resolved" | "declared";
}): Finding {
  const { instance, role, path, definitions, isText, machines, emit } = conflict;
  const names = [...new Set(definitions.map(({ layer }) => layer))].map(describeLayer);
  const setting = quoted(dotted(path));
  const disagreement =
    names.length > 1
      ? `${joinNames(firstNames(names))} define ${setting} differently`
      : `${names[0]!} defines ${setting} differently in ${definitions.length === 2 ? "two" : definitions.length} places`;
  const others = machines.length > 1 ? ` and ${machines.length - 1} more` : "";
  const affected = machines.length > 0 ? `, for ${quoted(machines[0]!)}${others}` : "";
  const message = `${disagreement}${affected} in role ${quoted(role)} of ${quoted(instance)}`;
  const fixes = "put !mkForce on the one that should win, or !mkDefault on the others";
  const more = {
    related: definitions.slice(1).map(({ origin, layer }) => ({
      place: origin,
      message: `${describeLayer(layer)} defines it here`,
    })),
    help: isText
      ? `${fixes}; if the option joins lines, give an order (!mkBefore, !mkAfter)${emit === "resolved" ? " or use --emit declared" : ""}`
      : fixes,
  };
  return isText && emit === "declared"
    ? warning("settings-conflict", definitions[0]!.origin, message, more)
    : error("settings-conflict", definitions[0]!.origin, message, more);
}

/** `place` is in the file that Clan reads itself; `of` is the machine or tag, or empty for the role. */
export function settingsDefinedTwice(
  place: Place,
  own: Place,
  { instance, role, of, emit }: SettingsPlace & { readonly of: string; readonly emit: string },
): Finding {
  const where = `in role ${quoted(role)} of ${quoted(instance)}`;
  const message = `Clan refuses a second definition of the settings of ${of === "" ? "the role" : clipped(of, maxName)} ${where}`;
  return error("settings-conflict", place, message, {
    related: [{ message: "the other one is here", place: own }],
    help: `keep one of them, or move this one to the other file with 'inventory2nix adopt'${emit === "resolved" ? "; with --emit declared, only settings of the same machine, tag or role meet" : ""}`,
  });
}

interface SettingsPlace {
  readonly instance: string;
  readonly role: string;
}

export function sourceConflict(
  place: Place,
  first: Place,
  what: string,
  value: string,
  firstValue: string,
): Finding {
  return error(
    "source-conflict",
    place,
    `${quoted(what)} is ${value} here but ${firstValue} elsewhere`,
    {
      related: [{ message: "first defined here", place: first }],
      help: "keep only one of them",
    },
  );
}

/** A tag is listed under the machines of a role. */
export function tagAsMachine(place: Place, tag: string, fixes: readonly ProposedFix[]): Finding {
  return error("unknown-machine", place, `no machine is named ${quoted(tag)}`, {
    help:
      tag === "*"
        ? "for all machines write tags: [all]"
        : `${quoted(tag)} is a tag: list it under 'tags' to assign all its machines`,
    fixes,
  });
}

/** `others` are the tags on the cycle after the first, in order. */
export function tagCycle(
  place: Place,
  cycle: readonly string[],
  others: readonly { readonly tag: string; readonly place: Place }[],
): Finding {
  const path = [...firstNames(cycle.map(quoted)), quoted(cycle[0]!)].join(" needs ");
  return error("tag-cycle", place, `computed tags form a cycle: ${path}`, {
    related: others.map(({ tag, place }) => ({
      message: `${quoted(tag)} is computed here`,
      place,
    })),
    help: "break the cycle by naming machines, or by tagging them",
  });
}

/** The same for tags in a text where a list belongs. */
export function tagsAsMachines(place: Origin, text: string, tags: readonly string[]): Finding {
  const fixes = changeData(place, `write ${sketch({ tags })}`, "unsafe", (path) => [
    { kind: "replaceKey", path, key: "tags" },
    { kind: "replaceValue", path: [...path.slice(0, -1), "tags"], value: tags },
  ]);
  return { ...tagAsMachine(place, text, fixes), help: `for tags write ${sketch({ tags })}` };
}

/** `list`: if the name is a tag, the kind of definition that lists it. */
export function unknownMachine(
  place: Place,
  machine: string,
  known: Iterable<string>,
  list?: "static" | "computed",
): Finding {
  const helps = {
    static: `a list holds only machines; for all machines with this tag write { anyOf: [${clipped(machine, maxName)}] }`,
    computed: "a selector lists tags under 'anyOf', 'allOf' or 'noneOf'",
  };
  const message = `no machine is named ${quoted(machine)}`;
  if (list !== undefined) {
    return error("unknown-machine", place, message, {
      help: `${quoted(machine)} is a tag: ${helps[list]}`,
    });
  }
  const { suggestion, fixes } = guess(place, machine, known);
  return error("unknown-machine", place, message + suggestion, { fixes });
}

/** `count` says how many machines have a tag: of those equally near, the most frequent one is meant. */
export function unknownTag(
  place: Place,
  tag: string,
  known: Iterable<string>,
  count?: (tag: string) => number,
): Finding {
  const { suggestion, fixes } = guess(place, tag, known, count);
  return warning("unknown-tag", place, `no machine has the tag ${quoted(tag)}${suggestion}`, {
    fixes,
  });
}

export function unknownValue(place: Place, name: string, known: Iterable<string>): Finding {
  const { suggestion, fixes } = guess(place, name, known);
  return error("unknown-value", place, `no value is named ${quoted(name)}${suggestion}`, {
    fixes,
    ...(suggestion === "" && { help: `name it under 'values' at the root of any file` }),
  });
}

/** `others` are the values on the cycle after the first, in order. */
export function valueCycle(
  place: Place,
  cycle: readonly string[],
  others: readonly { readonly name: string; readonly place: Place }[],
): Finding {
  const path = [...firstNames(cycle.map(quoted)), quoted(cycle[0]!)].join(" uses ");
  return error("value-cycle", place, `values form a cycle: ${path}`, {
    related: others.map(({ name, place }) => ({
      message: `${quoted(name)} is defined here`,
      place,
    })),
    help: "write one of them out",
  });
}

function describeLayer(layer: Layer): string {
  return layer.kind === "role" ? "the role" : `${layer.kind} ${quoted(layer.name)}`;
}
