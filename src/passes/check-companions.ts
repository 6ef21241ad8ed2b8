import type { Report } from "../diagnostics/diagnostic.js";
import { settingsDefinedTwice } from "../diagnostics/meaning-messages.js";
import type { Definition, ExpandedInventory, Layer, Role } from "../model/inventory.js";

/**
 * Reports settings that the output and a companion both define, which Clan refuses: it takes one
 * definition for a machine, a tag, or the role. Resolved output defines them for machines.
 */
export function checkCompanions(
  { inventory, members }: ExpandedInventory,
  emit: "resolved" | "declared",
  report: Report,
): void {
  for (const [instance, { roles }] of inventory.instances) {
    for (const [name, role] of roles) {
      const place = { instance, role: name };
      const reported = new Set<Definition>();
      const check = (definitions: readonly Definition[], of: string) => {
        const [own, foreign] = [definitions.find(isOwn), definitions.find(isForeign)];
        if (own !== undefined && foreign !== undefined && !reported.has(foreign)) {
          reported.add(foreign);
          report(settingsDefinedTwice(foreign.origin, own.origin, { ...place, of, emit }));
        }
      };
      eachLayer(role, check);
      if (emit === "resolved" && role.settings.concat(definitionsOf(role)).some(isForeign)) {
        for (const [machine, layers] of members.get(instance)?.get(name) ?? []) {
          checkMember(machine, layers, role, check);
        }
      }
    }
  }
}

function eachLayer(
  role: Role,
  check: (definitions: readonly Definition[], of: string) => void,
): void {
  check(role.settings, "");
  for (const [kind, assignments] of [
    ["machine", role.machines],
    ["tag", role.tags],
  ] as const) {
    for (const [name, { settings }] of assignments) {
      check(settings, `${kind} '${name}'`);
    }
  }
}

function checkMember(
  machine: string,
  layers: readonly Layer[],
  role: Role,
  check: (definitions: readonly Definition[], of: string) => void,
): void {
  const foreign = role.machines.get(machine)?.settings.filter(isForeign) ?? [];
  if (foreign.length > 0) {
    const own = layers.flatMap(({ definitions }) => definitions).filter(isOwn);
    check([...own, ...foreign], `machine '${machine}'`);
  }
}

function definitionsOf({ machines }: Role): readonly Definition[] {
  return [...machines.values()].flatMap(({ settings }) => settings);
}

function isForeign({ origin }: Definition): boolean {
  return origin.source.isCompanion === true;
}

function isOwn(definition: Definition): boolean {
  return !isForeign(definition);
}
