import { inputOf, type Catalogue, type Service } from "./catalogue.js";
import { tooFewMachines, tooManyInstances, tooManyMachines, unknownRole, unknownService, unknownSetting, wrongSetting, type Report, type ServiceUse } from "./diagnostics.js";
import { fingerprint } from "./fingerprint.js";
import {
  If,
  isList,
  isMap,
  layersWithoutMembers,
  Merge,
  Order,
  Override,
  type Definition,
  type Instance,
  type Layer,
  type Member,
  type ResolvedInventory,
  type Role,
  type Value,
  type ValueMap,
} from "./inventory.js";
import { findMismatches, type Mismatch } from "./mismatches.js";
import type { Schema } from "./setting-schema.js";
import type { Origin, Path } from "./source.js";

/**
 * Holds the inventory against a catalogue: services, roles, settings,
 * and how many machines and instances there may be. A wrong setting is reported
 * where it is defined, in whichever layer that is, and once.
 */
export function checkServices(resolved: ResolvedInventory, catalogue: Catalogue, report: Report): void {
  const uses = new Map<Service, Use[]>();
  for (const [name, instance] of resolved.inventory.instances) {
    const use = findUse(name, instance, catalogue, report);
    if (use === undefined) continue;
    const others = uses.get(use.service);
    if (others === undefined) uses.set(use.service, [use]);
    else others.push(use);
    checkRoles(use, resolved, report);
  }
  for (const [{ maxInstances = Infinity }, instances] of uses) {
    if (instances.length > maxInstances) report(tooManyInstances(instances, maxInstances));
  }
}

/** An instance of a service that the catalogue knows. */
interface Use extends ServiceUse {
  readonly instance: Instance;
}

function findUse(instanceName: string, instance: Instance, catalogue: Catalogue, report: Report): Use | undefined {
  const set = catalogue.inputs.get(inputOf(instance.module.get("input")?.value));
  if (set === undefined) return undefined;
  const given = instance.module.get("name");
  const serviceName = given?.value ?? instanceName;
  const service = set.services.get(serviceName);
  if (service !== undefined) return { instance, instanceName, service, serviceName, set };
  const elsewhere = [...catalogue.inputs.values()].filter(({ services }) => services.has(serviceName));
  report(unknownService(given?.origin ?? instance.origin, serviceName, given !== undefined, set, elsewhere));
  return undefined;
}

function checkRoles(use: Use, resolved: ResolvedInventory, report: Report): void {
  const { instance, instanceName, service } = use;
  const members = resolved.members.get(instanceName)!;
  const settings = resolved.settings.get(instanceName)!;
  for (const [name, role] of instance.roles) {
    const known = service.roles.get(name);
    if (known === undefined) report(unknownRole(role.origin, name, use));
    else if (known.settings !== undefined) checkSettings({ role, name, use, schema: known.settings }, members.get(name)!, settings.get(name)!, report);
  }
  for (const [name, { minMachines = 0, maxMachines = Infinity }] of service.roles) {
    const role = instance.roles.get(name);
    const count = members.get(name)?.length ?? 0;
    if (count < minMachines) report(tooFewMachines((role ?? instance).origin, name, count, minMachines, use));
    if (count > maxMachines) report(tooManyMachines(role!.origin, name, members.get(name)!.map(({ machine }) => machine), maxMachines, use));
  }
}

interface RoleUse {
  readonly use: Use;
  readonly role: Role;
  readonly name: string;
  readonly schema: Schema;
}

/** Looks at each distinct outcome of merging once; what is wrong there is then looked for in the layers that it came from. */
function checkSettings(roleUse: RoleUse, members: readonly Member[], settings: ReadonlyMap<string, ValueMap>, report: Report): void {
  const { role, schema } = roleUse;
  const mismatches = new Map<ValueMap, readonly Mismatch[]>();
  const checked = new Set<readonly Layer[]>();
  const reported = new Set<string>();
  const reportOnce = ({ mismatch, others }: Trace) => {
    const { address } = mismatch.origin;
    if (!reported.has(address)) reportMismatch(mismatch, others, roleUse, report);
    reported.add(address);
  };
  for (const { definitions } of layersWithoutMembers(role, members)) traceEach(definitions, schema).forEach(reportOnce);
  for (const { machine, layers } of members) {
    if (checked.has(layers)) continue;
    checked.add(layers);
    const merged = settings.get(machine)!;
    const wrong = mismatches.get(merged) ?? findMismatches(merged, schema, role.origin);
    mismatches.set(merged, wrong);
    if (wrong.length > 0) trace(wrong, layers.flatMap(({ definitions }) => definitions), schema).forEach(reportOnce);
  }
}

/** A mismatch with the origin of the definition that brings it, or of the first of those that do so together. */
interface Trace {
  readonly mismatch: Mismatch;
  readonly others: readonly Origin[];
}

/** The definitions that have what is wrong in their merger; definitions that another one overrides may have other mistakes. */
function trace(wrong: readonly Mismatch[], definitions: readonly Definition[], schema: Schema): readonly Trace[] {
  const merged = new Set(wrong.map(essence));
  const alone = traceEach(definitions, schema).filter(({ mismatch }) => merged.has(essence(mismatch)));
  const found = new Set(alone.map(({ mismatch }) => essence(mismatch)));
  const together = wrong.filter((mismatch) => !found.has(essence(mismatch))).map((mismatch) => {
    const [origin = mismatch.origin, ...others] = definitions.flatMap((definition) => originsAt(definition.value, definition.origin, mismatch.path));
    return { mismatch: { ...mismatch, origin }, others };
  });
  return [...alone, ...together];
}

function traceEach(definitions: readonly Definition[], schema: Schema): readonly Trace[] {
  return definitions.flatMap(({ value, origin }) => findMismatches(value, schema, origin)).map((mismatch) => ({ mismatch, others: [] }));
}

/** What a mismatch is, wherever lists put it and whatever map or list it is about. */
function essence(mismatch: Mismatch): string {
  const path = mismatch.path.map((key) => (typeof key === "number" ? "*" : JSON.stringify(key))).join();
  if (mismatch.kind === "unknown") return path;
  const { found, expected } = mismatch;
  return `${path} ${isMap(found) ? "map" : isList(found) ? "list" : fingerprint(found)} ${JSON.stringify(expected.types)}`;
}

/** Where a value stands that has this path without the special forms on the way. */
function originsAt(value: Value, origin: Origin, path: Path): readonly Origin[] {
  if (value instanceof Override || value instanceof Order || value instanceof If) return originsAt(value.content, value.origin, path);
  if (value instanceof Merge) return value.contents.flatMap((content, index) => originsAt(content, value.origin.at(index), path));
  const [key, ...rest] = path;
  if (key === undefined) return [origin];
  if (typeof key === "number" || !isMap(value) || !Object.hasOwn(value, key)) return [];
  return originsAt(value[key]!, origin.at(key), rest);
}

function reportMismatch(mismatch: Mismatch, others: readonly Origin[], { use, name }: RoleUse, report: Report): void {
  if (mismatch.kind === "unknown") report(unknownSetting(mismatch.origin, mismatch.path, mismatch.known, name, use));
  else report(wrongSetting(mismatch.origin, mismatch, others, name, use));
}
