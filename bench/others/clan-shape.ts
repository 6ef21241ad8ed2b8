import type { Data, DataMap } from "../../src/model/data.js";

/**
 * An inventory without our short forms, mistakes included, so that what translates it word by word
 * makes what Clan reads.
 */
export function clanShape(inventory: DataMap): DataMap {
  return mapEntries(inventory, (key, value) => {
    if (key === "machines") {
      return spelledOut(value);
    }
    return key === "instances"
      ? mapEntries(value, (_, instance) => instanceShape(instance))
      : value;
  });
}

function instanceShape(instance: Data): Data {
  return mapEntries(instance, (key, value) =>
    key === "roles"
      ? mapEntries(value, (_, role) =>
          mapEntries(role, (name, part) =>
            name === "machines" || name === "tags" ? spelledOut(part) : part,
          ),
        )
      : value,
  );
}

/** A list of names, or a map with nothing behind a name, as a map of maps. */
function spelledOut(value: Data): Data {
  return Array.isArray(value)
    ? Object.fromEntries(value.map((name) => [String(name), {}]))
    : mapEntries(value, (_, entry) => entry ?? {});
}

function mapEntries(value: Data, change: (key: string, entry: Data) => Data): DataMap {
  const entries = Object.entries(value as DataMap);
  return Object.fromEntries(entries.map(([key, entry]) => [key, change(key, entry)]));
}
