import type { Source } from "../../src/index.js";
import {
  type Fleet,
  type Instance,
  isMap,
  type Layer,
  mapValues,
  type Settings,
  type Value,
  writeJson,
} from "./fleet.js";
import type { Random } from "./random.js";

/**
 * The fleet in the words of this project: one of the many ways that mean it, in one source or
 * several.
 */
export function spell(fleet: Fleet, random: Random): Source[] {
  return split(fleet, random).map((draft, part) => {
    const value = spellForms(shorten(draft, random), random);
    return random.chance(0.5)
      ? { name: `${part}.json`, text: writeJson(value) }
      : { name: `${part}.yaml`, text: writeYaml(value, "", random).trimStart() };
  });
}

interface Draft {
  [key: string]: Draft | Value;
}

function split({ machines, tags, instances }: Fleet, random: Random): readonly Settings[] {
  const layers = Object.values(instances).flatMap(({ roles }) =>
    Object.values(roles).flatMap((role) => [
      role.settings,
      ...Object.values(role.machines),
      ...Object.values(role.tags),
    ]),
  );
  const needed = Math.max(1, ...layers.map(({ length }) => length));
  const drafts = random.times(
    random.chance(0.5) ? needed : needed + 1 + random.below(2),
    (): Draft => ({}),
  );

  const put = (part: number, path: readonly string[], value: Value) => {
    let at = drafts[part]!;
    for (const key of path.slice(0, -1)) {
      at = (at[key] ??= {}) as Draft;
    }
    at[path.at(-1)!] = value;
  };
  const anyPart = () => random.below(drafts.length);
  const putLayer = (path: readonly string[], layer: Layer) => {
    if (layer.length === 0) {
      put(anyPart(), path, {});
    }
    for (const [part, definition] of place(layer, drafts.length, random)) {
      put(part, [...path, "settings"], definition);
    }
  };

  for (const [name, { tags: own, ...fields }] of Object.entries(machines)) {
    put(anyPart(), ["machines", name], fields);
    for (const tag of new Set(own)) {
      put(anyPart(), ["machines", name, "tags", tag], null);
    }
  }
  for (const [name, tag] of Object.entries(tags)) {
    for (const [part, value] of Array.isArray(tag)
      ? divideList(tag, drafts.length, random)
      : [[anyPart(), tag as Settings] as const]) {
      put(part, ["tags", name], value);
    }
  }
  for (const [name, { module, roles }] of Object.entries(instances)) {
    for (const part of new Set([anyPart(), anyPart()])) {
      put(part, ["instances", name, "module"], spellModule(name, module, random));
    }
    for (const [role, { machines, tags, settings }] of Object.entries(roles)) {
      const path = ["instances", name, "roles", role];
      putLayer(path, settings);
      for (const [machine, layer] of Object.entries(machines)) {
        putLayer([...path, "machines", machine], layer);
      }
      for (const [tag, layer] of Object.entries(tags)) {
        putLayer([...path, "tags", tag], layer);
      }
    }
  }
  // The tags of a machine were gathered as keys.
  return drafts.map((draft) => ({
    ...draft,
    ...("machines" in draft && {
      machines: mapValues(draft["machines"] as Record<string, Settings>, ({ tags, ...fields }) => ({
        ...fields,
        ...(tags !== undefined && { tags: Object.keys(tags as Settings) }),
      })),
    }),
  }));
}

/** Each definition in a later part than the one before; the last may be two parts' work. */
function place(
  layer: Layer,
  count: number,
  random: Random,
): [part: number, definition: Settings][] {
  const placed: [number, Settings][] = [];
  let part = 0;
  layer.forEach((definition, index) => {
    part += random.below(count - part - (layer.length - index - 1));
    placed.push([part++, definition]);
  });
  const last = placed.at(-1);
  if (last !== undefined && part < count && random.chance(0.4) && isDivisible(last[1])) {
    const keys = Object.keys(last[1]).filter(() => random.chance(0.5));
    const take = (wanted: boolean) =>
      Object.fromEntries(Object.entries(last[1]).filter(([key]) => keys.includes(key) === wanted));
    placed.pop();
    placed.push([last[0], take(true)], [part + random.below(count - part), take(false)]);
  }
  return placed;
}

function isDivisible(settings: Settings): boolean {
  return !Object.keys(settings).some((key) => key === "_type" || key === "config");
}

/** A list as the concatenation of what two parts hold, or as it is. */
function divideList(
  list: readonly string[],
  count: number,
  random: Random,
): [part: number, list: readonly string[]][] {
  const first = random.below(count);
  const second = first + random.below(count - first);
  const cut = random.below(list.length + 1);
  return second === first
    ? [[first, list]]
    : [
        [first, list.slice(0, cut)],
        [second, list.slice(cut)],
      ];
}

function spellModule(instance: string, { name, input }: Instance["module"], random: Random): Value {
  if (input !== null) {
    return { name, input };
  }
  if (name === instance && random.chance(0.5)) {
    return null;
  }
  return random.chance(0.5) ? name : { name, ...(random.chance(0.5) && { input }) };
}

/** The short forms: lists of names, and nothing for an empty map. */
function shorten(draft: Settings, random: Random): Settings {
  const names = (map: Value): Value => {
    if (!isMap(map)) {
      return map;
    }
    const isEmpty = (entry: Value) => isMap(entry) && Object.keys(entry).length === 0;
    if (Object.values(map).every(isEmpty) && random.chance(0.5)) {
      return Object.keys(map);
    }
    return mapValues(map, (entry) => (isEmpty(entry) && random.chance(0.3) ? null : entry));
  };
  const role = (value: Value): Value => {
    const { machines, tags, ...rest } = value as Settings;
    return {
      ...rest,
      ...(machines !== undefined && { machines: names(machines) }),
      ...(tags !== undefined && { tags: names(tags) }),
    };
  };
  const instance = (value: Value): Value => {
    const { roles, ...rest } = value as Settings;
    return { ...rest, ...(roles !== undefined && { roles: mapValues(roles as Settings, role) }) };
  };
  const { machines, instances, ...rest } = draft;
  return {
    ...rest,
    ...(machines !== undefined && { machines: names(machines) }),
    ...(instances !== undefined && { instances: mapValues(instances as Settings, instance) }),
  };
}

/** Properties as `$mkForce` and its like, or left in their data form. */
function spellForms(value: Value, random: Random): Value {
  if (Array.isArray(value)) {
    return value.map((element) => spellForms(element, random));
  }
  if (!isMap(value)) {
    return value;
  }
  const inner = mapValues(value, (entry) => spellForms(entry, random));
  const { _type: type, priority, content } = inner;
  if ((type !== "override" && type !== "order") || content === undefined || random.chance(0.3)) {
    return inner;
  }
  const name = shortForms[`${type} ${String(priority)}`];
  if (name !== undefined && random.chance(0.7)) {
    return { [name]: content };
  }
  return { [type === "override" ? "$mkOverride" : "$mkOrder"]: [priority!, content] };
}

const shortForms: Readonly<Record<string, string>> = {
  "override 50": "$mkForce",
  "override 1000": "$mkDefault",
  "order 500": "$mkBefore",
  "order 1500": "$mkAfter",
};

/**
 * Block style, with tags for special forms where YAML has room for one; begins with what separates
 * it from its key.
 */
function writeYaml(value: Value, indent: string, random: Random, tagged = false): string {
  if (isMap(value)) {
    const [[key, content] = ["", null], ...more] = Object.entries(value);
    if (key.startsWith("$mk") && more.length === 0 && !tagged && random.chance(0.8)) {
      return ` !${key.slice(1)}${writeYaml(content, indent, random, true)}`;
    }
    if (key === "" && more.length === 0 && !("" in value)) {
      return " {}";
    }
    return Object.entries(value)
      .map(
        ([name, entry]) =>
          `\n${indent}${JSON.stringify(name)}:${writeYaml(entry, `${indent}  `, random)}`,
      )
      .join("");
  }
  if (Array.isArray(value) && value.length > 0) {
    return value
      .map((element) => `\n${indent}-${writeYaml(element, `${indent}  `, random)}`)
      .join("");
  }
  return ` ${writeJson(value)}`;
}
