import type { Report } from "../diagnostics/diagnostic.js";
import {
  idleImporter,
  idleRole,
  missingRole,
  similarTag,
  tagName,
} from "../diagnostics/habit-messages.js";
import { editDistance, Ration } from "../diagnostics/suggest.js";
import { defaultInput, inputOf } from "../model/catalogue.js";
import type { ExpandedInventory, Instance, Inventory, Machine, Role } from "../model/inventory.js";
import { tagOrigin } from "../model/inventory.js";
import { once } from "../model/once.js";
import { countEights, isPattern, matches } from "../model/pattern.js";

/**
 * Warns of tags and roles that are legal and change nothing, as a misspelt name does. `clanCoreInput` is
 * another name of clan-core.
 */
export function checkMembers(
  expanded: ExpandedInventory,
  clanCoreInput: string | undefined,
  report: Report,
): void {
  const { inventory } = expanded;
  const uses = findTagUses(inventory);
  checkTagNames(uses, inventory, report);
  checkUnusedTags(uses, expanded, report);
  for (const [name, instance] of inventory.instances) {
    const isClanCore = [defaultInput, clanCoreInput].includes(inputOf(instance));
    checkRoles({ name, instance, isClanCore }, expanded, report);
  }
}

/** Each tag that machines list themselves, with the first of the places. */
type TagUses = ReadonlyMap<string, { readonly machine: Machine; readonly index: number }>;

function findTagUses({ machines }: Inventory): TagUses {
  const uses = new Map<string, { machine: Machine; index: number }>();
  for (const machine of machines.values()) {
    machine.tags.forEach((tag, index) => {
      if (!uses.has(tag)) {
        uses.set(tag, { machine, index });
      }
    });
  }
  return uses;
}

function checkTagNames(uses: TagUses, { tags }: Inventory, report: Report): void {
  const isOdd = (tag: string) => tag === "" || /[\s,*?]/.test(tag);
  for (const [tag, { machine, index }] of uses) {
    if (isOdd(tag)) {
      report(tagName(tagOrigin(machine, index), tag));
    }
  }
  for (const [tag, { origin }] of tags) {
    if (isOdd(tag)) {
      report(tagName(origin, tag));
    }
  }
}

/** A tag that nothing uses is fine, unless it is close to one in use that a machine has. */
function checkUnusedTags(
  uses: TagUses,
  { inventory, machineTags }: ExpandedInventory,
  report: Report,
): void {
  const used = usedTags(inventory);
  const isUsed = matcherOf(used);
  const names = once(() => {
    const counts = countHolders(machineTags);
    const held = [...used]
      .filter((tag) => !isPattern(tag) && counts.has(tag))
      .sort((a, b) => counts.get(b)! - counts.get(a)!);
    return new Ration().of(held);
  });
  for (const [tag, { machine, index }] of uses) {
    if (inventory.tags.has(tag) || isUsed(tag)) {
      continue;
    }
    const meant = nearTag(tag, names());
    if (meant !== undefined) {
      report(similarTag(tagOrigin(machine, index), tag, meant));
    }
  }
}

/** How many machines have each tag; those with the same tags share one set. */
function countHolders(machineTags: ExpandedInventory["machineTags"]): ReadonlyMap<string, number> {
  const alike = new Map<ReadonlySet<string>, number>();
  for (const tags of machineTags.values()) {
    alike.set(tags, (alike.get(tags) ?? 0) + 1);
  }
  const counts = new Map<string, number>();
  for (const [tags, count] of alike) {
    for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + count);
  }
  return counts;
}

function usedTags({ tags, instances }: Inventory): ReadonlySet<string> {
  const used = new Set<string>();
  for (const tag of tags.values()) {
    if (tag.kind === "computed") {
      for (const { value } of [tag.anyOf, tag.allOf, tag.noneOf].flatMap((list) => list ?? [])) {
        used.add(value);
      }
    }
  }
  for (const { roles } of instances.values()) {
    for (const role of roles.values()) {
      for (const tag of role.tags.keys()) {
        used.add(tag);
      }
    }
  }
  return used;
}

/** After so many comparisons every tag counts as used: no warning is better than a late one. */
const maxComparisons = 200_000;

/** Whether a tag is one of these, or matches one. */
function matcherOf(used: ReadonlySet<string>): (tag: string) => boolean {
  const patterns = [...used].filter(isPattern);
  const effort = countEights(patterns);
  let left = maxComparisons;
  return (tag) => {
    if (used.has(tag)) {
      return true;
    }
    left -= effort * countEights([tag]);
    return left < 0 || patterns.some((pattern) => matches(tag, pattern));
  };
}

/** Names that differ in a number only, like `web1` and `web2`, are told apart on purpose. */
function nearTag(tag: string, names: Iterable<string>): string | undefined {
  const withoutDigits = tag.replace(/\d/g, "");
  const limit = tag.length < 4 ? 0 : tag.length < 8 ? 1 : 2;
  for (const name of names) {
    if (
      Math.abs(name.length - tag.length) <= limit &&
      name.replace(/\d/g, "") !== withoutDigits &&
      editDistance(tag.toLowerCase(), name.toLowerCase(), limit) <= limit
    ) {
      return name;
    }
  }
  return undefined;
}

/** Roles of clan-core's services that do nothing until another role of the instance has a member. */
const counterparts: readonly {
  readonly service: string;
  readonly role: string;
  readonly needs: string;
  /** A setting that makes up for it. */
  readonly unless?: string;
}[] = [
  { service: "borgbackup", role: "client", needs: "server", unless: "destinations" },
  { service: "certificates", role: "default", needs: "ca" },
  { service: "monitoring", role: "client", needs: "server" },
  { service: "ncps", role: "client", needs: "server" },
  { service: "wireguard", role: "peer", needs: "controller" },
];

interface NamedInstance {
  readonly name: string;
  readonly instance: Instance;
  readonly isClanCore: boolean;
}

function checkRoles(
  { name: instanceName, instance, isClanCore }: NamedInstance,
  { members }: ExpandedInventory,
  report: Report,
): void {
  const serviceName = instance.module.get("name")?.value ?? instanceName;
  const hasMembers = (role: string) => (members.get(instanceName)?.get(role)?.size ?? 0) > 0;
  for (const [name, role] of instance.roles) {
    if (role.machines.size + role.tags.size === 0 && role.settings.length > 0) {
      report(idleRole(role.origin, name, "settings"));
    } else if (role.machines.size + role.tags.size === 0 && role.extraModules.length > 0) {
      report(idleRole(role.origin, name, "modules"));
    } else if (isClanCore && serviceName === "importer" && role.extraModules.length === 0) {
      report(idleImporter(role.origin));
    }
    const pair = counterparts.find(({ service, role }) => service === serviceName && role === name);
    if (!isClanCore || pair === undefined || !hasMembers(name) || hasMembers(pair.needs)) {
      continue;
    }
    const isAssigned = isGiven(instance.roles.get(pair.needs));
    if (!isAssigned && (pair.unless === undefined || !sets(role, pair.unless))) {
      report(missingRole(role.origin, { instanceName, serviceName, ...pair }));
    }
  }
}

/** Whether a role names machines or tags: unknown ones are mistakes of their own. */
function isGiven(role: Role | undefined): boolean {
  return role !== undefined && role.machines.size + role.tags.size > 0;
}

function sets(role: Role, setting: string): boolean {
  const layers = [role, ...role.machines.values(), ...role.tags.values()];
  return layers.some(({ settings }) => settings.some(({ value }) => Object.hasOwn(value, setting)));
}
