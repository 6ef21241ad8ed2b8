import {
  type Fleet,
  type Layer,
  mapValues,
  type Selector,
  type Settings,
  type Tag,
} from "./fleet.js";

/** The fleet as Clan's own inventory: what its user would have written in Nix. */
export function reference({ machines, known, tags, instances }: Fleet): Settings {
  const computed = computeTags({ machines, known, tags, instances });
  return {
    machines,
    tags: mapValues(tags, (_, tag) => computed[tag]!),
    instances: mapValues(instances, ({ module, roles }) => ({
      module,
      roles: mapValues(roles, (role) => ({
        machines: mapValues(role.machines, (layer) => ({ settings: asModule(layer) })),
        tags: mapValues(role.tags, (layer) => ({ settings: asModule(layer) })),
        settings: asModule(role.settings),
      })),
    })),
  };
}

const reserved = ["key", "_file", "_class", "require", "disabledModules", "freeformType"];

/**
 * Definitions of one layer merge as equals; names that modules keep for themselves are settings all
 * the same.
 */
function asModule(layer: Layer): Settings {
  const [first = {}] = layer;
  if (layer.length < 2 && !mentions(first, reserved)) {
    return first;
  }
  return { config: { _type: "merge", contents: layer.map(content) } };
}

function mentions(settings: Settings, keys: readonly string[]): boolean {
  return (
    keys.some((key) => key in settings) ||
    (settings["_type"] === "if" && mentions(settings["content"] as Settings, keys))
  );
}

/** The settings in the long form or under a condition, as they are below `config`. */
function content(settings: Settings): Settings {
  if (settings["_type"] === "if") {
    return { ...settings, content: content(settings["content"] as Settings) };
  }
  return "config" in settings ? (settings["config"] as Settings) : settings;
}

/**
 * The machines that each declared tag lists, computed ones included; a selector comes after those
 * it sees.
 */
function computeTags({ machines, known, tags }: Fleet): Record<string, readonly string[]> {
  const all = [...Object.keys(machines), ...Object.keys(known)];
  const classOf = (machine: string) =>
    known[machine] ?? machines[machine]!["machineClass"] ?? "nixos";
  const lists: Record<string, readonly string[]> = {
    all,
    nixos: all.filter((machine) => classOf(machine) === "nixos"),
    darwin: all.filter((machine) => classOf(machine) === "darwin"),
  };
  const has = (machine: string, tag: string) =>
    lists[tag]?.includes(machine) === true || machines[machine]?.tags.includes(tag) === true;
  const names = new Set([
    ...Object.values(machines).flatMap((machine) => machine.tags),
    ...Object.keys(tags),
  ]);

  for (const [tag, definition] of Object.entries(tags)) {
    const matches = (pattern: string, machine: string) => {
      if (!/[*?]/.test(pattern)) {
        return has(machine, pattern);
      }
      const candidates = [...names].filter(
        (name) => name !== tag && !["all", "nixos", "darwin"].includes(name),
      );
      return candidates.some((name) => glob(pattern).test(name) && has(machine, name));
    };
    lists[tag] = isSelector(definition) ? select(definition, all, matches) : definition;
  }
  return lists;
}

function select(
  selector: Selector,
  all: readonly string[],
  matches: (pattern: string, machine: string) => boolean,
): string[] {
  const { anyOf, allOf, noneOf, machines, except = [] } = selector;
  const startsEmpty =
    anyOf === undefined && machines !== undefined && allOf === undefined && noneOf === undefined;
  return all.filter((machine) => {
    const start = anyOf === undefined ? !startsEmpty : anyOf.some((tag) => matches(tag, machine));
    const kept =
      start &&
      (allOf ?? []).every((tag) => matches(tag, machine)) &&
      !(noneOf ?? []).some((tag) => matches(tag, machine));
    return (kept || (machines ?? []).includes(machine)) && !except.includes(machine);
  });
}

function isSelector(tag: Tag): tag is Selector {
  return !Array.isArray(tag);
}

function glob(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replace(/\*/g, ".*").replace(/\?/g, ".")}$`);
}
