import { findMismatches } from "../catalogue/find-mismatches.js";
import type { Mismatch } from "../catalogue/mismatch.js";
import { Rules } from "../catalogue/rules.js";
import { Budget } from "../diagnostics/budget.js";
import type { ServiceUse } from "../diagnostics/by-catalogue.js";
import type { Report } from "../diagnostics/diagnostic.js";
import { listedNames, type RoleList } from "../diagnostics/fixes.js";
import { similarInput } from "../diagnostics/habit-messages.js";
import {
  movedService,
  tooFewMachines,
  tooManyInstances,
  tooManyMachines,
  uncheckedInput,
  unknownRole,
  unknownRoles,
  unknownService,
} from "../diagnostics/service-messages.js";
import { type KnownNames, knownNames, nearest, Ration } from "../diagnostics/suggest.js";
import { type Catalogue, defaultInput, inputOf, type Service } from "../model/catalogue.js";
import { fingerprint } from "../model/fingerprint.js";
import {
  type Definition,
  type Instance,
  type Layer,
  layersWithoutMembers,
  type Members,
  type ResolvedInventory,
  type Role,
} from "../model/inventory.js";
import { getOrInsertComputed } from "../model/maps.js";
import { once } from "../model/once.js";
import type { Origin } from "../model/origin.js";
import type { Schema } from "../model/setting-schema.js";
import { isList, isMap, type ValueMap } from "../model/value.js";
import { InputNames } from "./check-services/input-names.js";
import { originsAt } from "./check-services/origins-at.js";
import { isOfOtherService } from "./check-services/other-service.js";
import { reportMismatch } from "./check-services/report-mismatch.js";

/**
 * Checks the inventory against a catalogue: services, roles, settings,
 * and how many machines and instances there may be. A wrong setting is reported
 * where it is defined, in whichever layer that is, and once. It takes
 * at most `maxChecks` steps.
 */
export function checkServices(
  resolved: ResolvedInventory,
  catalogue: Catalogue,
  maxChecks: number,
  report: Report,
): void {
  const ration = new Ration();
  const check: Check = {
    resolved,
    catalogue,
    budget: new Budget("checks", maxChecks, report),
    rules: new Map(),
    names: new Map(),
    inputs: new InputNames(resolved.inventory, catalogue, ration),
    ration,
    unchecked: new Set(),
    tags: once(() => {
      const alike = new Set(resolved.machineTags.values());
      return new Set([...alike].flatMap((tags) => [...tags]));
    }),
    report,
  };
  const uses = new Map<Service, Use[]>();
  for (const [name, instance] of resolved.inventory.instances) {
    const use = findUse(name, instance, check);
    if (use === undefined) {
      continue;
    }
    getOrInsertComputed(uses, use.service, () => []).push(use);
    checkRoles(use, check);
  }
  for (const [{ maxInstances = Infinity }, instances] of uses) {
    if (instances.length > maxInstances) {
      report(tooManyInstances(instances, maxInstances));
    }
  }
}

interface Check {
  readonly resolved: ResolvedInventory;
  readonly catalogue: Catalogue;
  readonly budget: Budget;
  /** Those of each schema that was met. */
  readonly rules: Map<Schema, Rules>;
  /** Those of each map of services or roles in which one was not found. */
  readonly names: Map<ReadonlyMap<string, unknown>, KnownNames>;
  readonly inputs: InputNames;
  /** For the names to suggest. */
  readonly ration: Ration;
  /** Inputs that were reported as unknown. */
  readonly unchecked: Set<string>;
  /** Those that machines have. */
  readonly tags: () => ReadonlySet<string>;
  readonly report: Report;
}

/** An instance of a service that the catalogue knows. */
interface Use extends ServiceUse {
  readonly instance: Instance;
}

function findUse(instanceName: string, instance: Instance, check: Check): Use | undefined {
  const { catalogue, report } = check;
  const set = catalogue.inputs.get(inputOf(instance));
  if (set === undefined) {
    reportInput(instanceName, instance, check);
    return undefined;
  }
  const given = instance.module.get("name");
  const serviceName = given?.value ?? instanceName;
  const service = set.services.get(serviceName);
  if (service !== undefined) {
    return { instance, instanceName, service, serviceName, set };
  }
  const place = given?.origin ?? instance.origin;
  const moved = set.moved.get(serviceName);
  if (moved !== undefined) {
    report(movedService(place, serviceName, set, moved));
    return undefined;
  }
  const elsewhere = [...catalogue.inputs.values()].find(({ services }) =>
    services.has(serviceName),
  );
  report(
    unknownService(
      place,
      serviceName,
      given !== undefined,
      set,
      namesOf(set.services, check),
      elsewhere,
    ),
  );
  return undefined;
}

/** What may be a typo, and once for each input what may be clan-core under another name. */
function reportInput(instanceName: string, instance: Instance, check: Check): void {
  const { catalogue, unchecked, report } = check;
  const input = instance.module.get("input");
  const near = input && check.inputs.meantBy(input.value);
  if (near !== undefined) {
    report(similarInput(input!.origin, input!.value, near));
    return;
  }
  const serviceName = instance.module.get("name")?.value ?? instanceName;
  const service = catalogue.inputs.get(defaultInput)?.services.get(serviceName);
  const isAlike =
    service !== undefined &&
    instance.roles.size > 0 &&
    [...instance.roles.keys()].every((role) => service.roles.has(role));
  if (input !== undefined && input.value !== "self" && isAlike && !unchecked.has(input.value)) {
    unchecked.add(input.value);
    report(uncheckedInput(input.origin, input.value, serviceName));
  }
}

function namesOf(map: ReadonlyMap<string, unknown>, { names, ration }: Check): KnownNames {
  return getOrInsertComputed(names, map, () => knownNames(map.keys(), ration));
}

function checkRoles(use: Use, check: Check): void {
  const { resolved, budget, report } = check;
  const { instance, instanceName, service } = use;
  const members = resolved.members.get(instanceName)!;
  const meant = new Set<string>();
  const names = namesOf(service.roles, check);
  if (isOfOtherService(instance, service, names)) {
    const uses = Array.from(instance.roles, ([name, { origin }]) => ({ name, place: origin }));
    return report(unknownRoles(uses, use));
  }
  for (const [name, role] of instance.roles) {
    const known = service.roles.get(name);
    if (known === undefined) {
      report(unknownRole(role.origin, name, names, use));
      nearest(name, names.near).forEach((near) => meant.add(near));
    } else if (known.settings !== undefined) {
      checkSettings({ use, name, role, schema: known.settings }, check);
    }
  }
  if (!budget.spend(service.roles.size, instance)) {
    return;
  }
  for (const [name, { minMachines = 0, maxMachines = Infinity }] of service.roles) {
    const role = instance.roles.get(name);
    const count = members.get(name)?.size ?? 0;
    if (count < minMachines && !(role === undefined && meant.has(name))) {
      report(tooFewMachines((role ?? instance).origin, name, count, minMachines, use));
    }
    if (count > maxMachines) {
      report(tooManyMachines(role!.origin, name, [...members.get(name)!.keys()], maxMachines, use));
    }
  }
}

interface RoleUse {
  readonly use: Use;
  readonly name: string;
  readonly role: Role;
  readonly schema: Schema;
}

/**
 * Looks at each distinct outcome of merging once; what is wrong there is then looked for in the
 * layers that it came from.
 */
function checkSettings(roleUse: RoleUse, check: Check): void {
  const { use, name, role, schema } = roleUse;
  const members = check.resolved.members.get(use.instanceName)!.get(name)!;
  const settings = check.resolved.settings.get(use.instanceName)!.get(name)!;
  const tracer = new Tracer(rulesOf(schema, check));
  const reported = new Set<string>();
  const machines = once(() => listedNames(role.machines));
  const tags = once(() => listedNames(role.tags));
  const listedIn = (list: RoleList) => (list === "machines" ? machines() : tags());
  const reportOnce = ({ mismatch, address, others }: Trace) => {
    if (!reported.has(address)) {
      reportMismatch(mismatch, others, { use, name, listedIn }, check);
    }
    reported.add(address);
  };
  for (const { definitions } of layersWithoutMembers(role, members)) {
    tracer.each(definitions).forEach(reportOnce);
  }
  for (const [merged, sources] of layersByOutcome(members, settings)) {
    const wrong = findMismatches(merged, tracer.rules, role.origin);
    if (wrong.length === 0) {
      continue;
    }
    for (const layers of sources) {
      tracer
        .trace(
          wrong,
          layers.flatMap(({ definitions }) => definitions),
          role,
        )
        .forEach(reportOnce);
    }
  }
}

function rulesOf(schema: Schema, { rules, budget, ration }: Check): Rules {
  return getOrInsertComputed(rules, schema, () => new Rules(schema, budget, ration));
}

/** The distinct settings of members, each with the layers that merge into it. */
function layersByOutcome(
  members: Members,
  settings: ReadonlyMap<string, ValueMap>,
): ReadonlyMap<ValueMap, ReadonlySet<readonly Layer[]>> {
  const outcomes = new Map<ValueMap, Set<readonly Layer[]>>();
  for (const [machine, layers] of members) {
    getOrInsertComputed(outcomes, settings.get(machine)!, () => new Set()).add(layers);
  }
  return outcomes;
}

/**
 * A mismatch with the origin of the definition that brings it, or of the first of those that do so
 * together.
 */
interface Trace {
  readonly mismatch: Mismatch;
  readonly essence: string;
  readonly address: string;
  readonly others: readonly Origin[];
}

/** Finds the definitions in which something is wrong; it looks through each once. */
class Tracer {
  private readonly found = new Map<Definition, readonly Trace[]>();

  constructor(readonly rules: Rules) {}

  /** What is wrong in each. */
  each(definitions: readonly Definition[]): readonly Trace[] {
    return definitions.flatMap((definition) =>
      getOrInsertComputed(this.found, definition, () => this.find(definition)),
    );
  }

  /**
   * Those that have what is wrong in their merger; definitions that another one overrides may have
   * other mistakes.
   */
  trace(
    wrong: readonly Mismatch[],
    definitions: readonly Definition[],
    role: Role,
  ): readonly Trace[] {
    const all = this.each(definitions);
    if (!this.rules.maySpend(all.length, role)) {
      return [];
    }
    const merged = new Map(wrong.map((mismatch) => [essenceOf(mismatch), mismatch]));
    const alone = all.filter(({ essence }) => merged.has(essence));
    for (const { essence } of alone) {
      merged.delete(essence);
    }
    if (!this.rules.maySpend(merged.size * definitions.length, role)) {
      return alone;
    }
    const together = [...merged].map(([essence, mismatch]) => {
      const [origin = mismatch.origin, ...others] = definitions.flatMap(({ value, origin }) =>
        originsAt(value, origin, mismatch.path),
      );
      return { mismatch: { ...mismatch, origin }, essence, address: origin.address, others };
    });
    return [...alone, ...together];
  }

  private find({ value, origin }: Definition): readonly Trace[] {
    const mismatches = findMismatches(value, this.rules, origin);
    if (!this.rules.mayKeep(mismatches.length, { origin })) {
      return [];
    }
    return mismatches.map((mismatch) => ({
      mismatch,
      essence: essenceOf(mismatch),
      address: mismatch.origin.address,
      others: [],
    }));
  }
}

/** What a mismatch is, wherever lists put it and whatever map or list it is about. */
function essenceOf(mismatch: Mismatch): string {
  const path = mismatch.path
    .map((key) => (typeof key === "number" ? "*" : JSON.stringify(key)))
    .join();
  if (mismatch.kind === "unknown") {
    return path;
  }
  const { found, expected } = mismatch;
  return `${path} ${isMap(found) ? "map" : isList(found) ? "list" : fingerprint(found)} ${JSON.stringify(expected.types)}`;
}
