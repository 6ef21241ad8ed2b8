import type { Data, DataMap } from "../model/data.js";
import { fingerprint } from "../model/fingerprint.js";
import { getOrInsertComputed } from "../model/maps.js";
import { sortedKeys, sortedNames } from "../model/name-order.js";
import type { Path } from "../model/origin.js";
import { setEntry } from "../model/value.js";
import { isPlainMap } from "../model/value-to-data.js";
import type { InstancePlan, MachinePlan, ModulePlan, Named, Plan, RolePlan } from "./plan.js";

/**
 * What differs between two plans, with values as in them; `showJson` writes it. Names are sorted.
 */
export interface Difference {
  readonly meta: readonly Change[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: Named<MachineDifference>;
  /** How many machines get what they got. */
  readonly unchanged: number;
  /**
   * The machines whose configuration differs: added and changed ones, and all if the clan's name or
   * domain changes.
   */
  readonly redeploy: readonly string[];
  /**
   * Other machines in instances whose members or settings change: services let members see each
   * other.
   */
  readonly neighbours: readonly string[];
}

/** A value that is new, gone, or another. */
export interface Change {
  readonly path: Path;
  readonly before?: Data;
  readonly after?: Data;
}

export interface MachineDifference {
  /** `machineClass` and the other fields. */
  readonly fields: readonly Change[];
  /** For information: tags alone give a machine nothing. */
  readonly tags: { readonly gained: readonly string[]; readonly lost: readonly string[] };
  readonly roles: RoleDifferences;
}

export interface RoleDifferences {
  readonly gained: readonly RoleName[];
  readonly lost: readonly RoleName[];
  readonly changed: readonly RoleDifference[];
}

export interface RoleName {
  readonly instance: string;
  readonly role: string;
}

export interface RoleDifference extends RoleName {
  readonly module?: { readonly before: ModulePlan; readonly after: ModulePlan };
  /** With the priorities and orders that Nix goes by. */
  readonly settings: readonly Change[];
  readonly extraModules?: { readonly before: readonly Data[]; readonly after: readonly Data[] };
}

/** Compares what machines get; how they come by it does not count. */
export function diff(before: Plan, after: Plan): Difference {
  const known: KnownDifferences = { ofMachines: new Map(), ofInstances: new Map() };
  const names = unitedKeys(before.machines, after.machines);
  const isIn = (plan: Plan, name: string) => Object.hasOwn(plan.machines, name);
  const added = names.filter((name) => !isIn(before, name));
  const removed = names.filter((name) => !isIn(after, name));
  const changed: { [name: string]: MachineDifference } = {};
  for (const name of names) {
    if (!isIn(before, name) || !isIn(after, name)) {
      continue;
    }
    const difference = diffMachines(before.machines[name]!, after.machines[name]!, known);
    if (difference !== undefined) {
      setEntry(changed, name, difference);
    }
  }
  const meta = changes(before.meta, after.meta, []);
  const isEverywhere = meta.some(
    ({ path: [field] }) => field === "name" || field === "domain" || field === "tld",
  );
  const redeploy = names.filter(
    (name) =>
      isIn(after, name) && (isEverywhere || !isIn(before, name) || Object.hasOwn(changed, name)),
  );
  return {
    meta,
    added,
    removed,
    changed,
    unchanged: names.length - added.length - removed.length - Object.keys(changed).length,
    redeploy,
    neighbours: findNeighbours(before, after, { added, removed, changed, redeploy }),
  };
}

/** Whether two plans give every machine the same. */
export function isEmptyDifference({ meta, added, removed, changed }: Difference): boolean {
  return meta.length + added.length + removed.length + Object.keys(changed).length === 0;
}

/** What was compared already: machines that get the same share their plans and their parts. */
interface KnownDifferences {
  readonly ofMachines: Pairs<Named<InstancePlan>>;
  readonly ofInstances: Pairs<InstancePlan>;
}

/** Differences by what was there before and what is there after. */
type Pairs<Part> = Map<Part, Map<Part, RoleDifferences>>;

const noDifferences: RoleDifferences = { gained: [], lost: [], changed: [] };

function compareOnce<Part>(
  before: Part,
  after: Part,
  known: Pairs<Part>,
  compare: () => RoleDifferences,
): RoleDifferences {
  if (before === after) {
    return noDifferences;
  }
  const others = getOrInsertComputed(known, before, () => new Map<Part, RoleDifferences>());
  return getOrInsertComputed(others, after, compare);
}

function diffInstancesOnce(
  before: Named<InstancePlan>,
  after: Named<InstancePlan>,
  known: KnownDifferences,
): RoleDifferences {
  return compareOnce(before, after, known.ofMachines, () => diffInstances(before, after, known));
}

function diffMachines(
  before: MachinePlan,
  after: MachinePlan,
  known: KnownDifferences,
): MachineDifference | undefined {
  if (before === after) {
    return undefined;
  }
  const fields = changes(
    { machineClass: before.class, ...before.fields },
    { machineClass: after.class, ...after.fields },
    [],
  );
  const roles = diffInstancesOnce(before.instances, after.instances, known);
  if (fields.length + roles.gained.length + roles.lost.length + roles.changed.length === 0) {
    return undefined;
  }
  return {
    fields,
    tags: { gained: without(after.tags, before.tags), lost: without(before.tags, after.tags) },
    roles,
  };
}

function diffInstances(
  before: Named<InstancePlan>,
  after: Named<InstancePlan>,
  known: KnownDifferences,
): RoleDifferences {
  const differences = unitedKeys(before, after).map((instance) => {
    if (!Object.hasOwn(after, instance)) {
      return { gained: [], lost: rolesOf(instance, before[instance]!), changed: [] };
    }
    if (!Object.hasOwn(before, instance)) {
      return { gained: rolesOf(instance, after[instance]!), lost: [], changed: [] };
    }
    const [here, there] = [before[instance]!, after[instance]!];
    return compareOnce(here, there, known.ofInstances, () => diffRoles(instance, here, there));
  });
  return {
    gained: differences.flatMap(({ gained }) => gained),
    lost: differences.flatMap(({ lost }) => lost),
    changed: differences.flatMap(({ changed }) => changed),
  };
}

function diffRoles(instance: string, before: InstancePlan, after: InstancePlan): RoleDifferences {
  const roles = unitedKeys(before.roles, after.roles);
  const only = (here: InstancePlan, there: InstancePlan) =>
    roles
      .filter((role) => Object.hasOwn(here.roles, role) && !Object.hasOwn(there.roles, role))
      .map((role) => ({ instance, role }));
  const both = roles.filter(
    (role) => Object.hasOwn(before.roles, role) && Object.hasOwn(after.roles, role),
  );
  const module = isSame({ ...before.module }, { ...after.module })
    ? {}
    : { module: { before: before.module, after: after.module } };
  const changed = both.flatMap((role): RoleDifference[] => {
    const difference: RoleDifference = {
      instance,
      role,
      ...module,
      ...diffRole(before.roles[role]!, after.roles[role]!),
    };
    const isChanged =
      difference.settings.length > 0 ||
      difference.module !== undefined ||
      difference.extraModules !== undefined;
    return isChanged ? [difference] : [];
  });
  return { gained: only(after, before), lost: only(before, after), changed };
}

function diffRole(
  before: RolePlan,
  after: RolePlan,
): Pick<RoleDifference, "settings" | "extraModules"> {
  const [modulesBefore, modulesAfter] = [before.extraModules ?? [], after.extraModules ?? []];
  return {
    settings: changes(before.forNix ?? before.settings, after.forNix ?? after.settings, []),
    ...(!isSame(modulesBefore, modulesAfter) && {
      extraModules: { before: modulesBefore, after: modulesAfter },
    }),
  };
}

/** The values that differ, maps entry by entry, everything else as a whole. */
function changes(before: DataMap, after: DataMap, path: Path): readonly Change[] {
  return unitedKeys(before, after).flatMap((key): readonly Change[] => {
    const at = [...path, key];
    if (!Object.hasOwn(after, key)) {
      return [{ path: at, before: before[key]! }];
    }
    if (!Object.hasOwn(before, key)) {
      return [{ path: at, after: after[key]! }];
    }
    const change = { path: at, before: before[key]!, after: after[key]! };
    if (isPlainMap(change.before) && isPlainMap(change.after)) {
      return changes(change.before, change.after, at);
    }
    return isSame(change.before, change.after) ? [] : [change];
  });
}

function isSame(before: Data, after: Data): boolean {
  return before === after || fingerprint(before) === fingerprint(after);
}

/**
 * Machines that need not be deployed again for themselves, but share an instance with what changes.
 */
function findNeighbours(
  before: Plan,
  after: Plan,
  difference: Omit<Difference, "meta" | "unchanged" | "neighbours">,
): readonly string[] {
  const { added, removed, changed, redeploy } = difference;
  const instances = new Set<string>([
    ...added.flatMap((name) => Object.keys(after.machines[name]!.instances)),
    ...removed.flatMap((name) => Object.keys(before.machines[name]!.instances)),
    ...Object.values(changed).flatMap(({ roles }) =>
      [...roles.gained, ...roles.lost, ...roles.changed].map(({ instance }) => instance),
    ),
  ]);
  const deployed = new Set(redeploy);
  const shares = (name: string) =>
    Object.keys(after.machines[name]!.instances).some((instance) => instances.has(instance));
  return sortedKeys(after.machines).filter((name) => !deployed.has(name) && shares(name));
}

function rolesOf(instance: string, { roles }: InstancePlan): readonly RoleName[] {
  return sortedKeys(roles).map((role) => ({ instance, role }));
}

function without(names: readonly string[], others: readonly string[]): readonly string[] {
  const rest = new Set(others);
  return names.filter((name) => !rest.has(name));
}

function unitedKeys(a: object, b: object): readonly string[] {
  return sortedNames(new Set([...Object.keys(a), ...Object.keys(b)]));
}
