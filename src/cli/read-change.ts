import type { Analysis } from "../compile.js";
import { draftOf } from "../edit/draft.js";
import type { InventoryChange } from "../edit/inventory-change.js";
import type { MachineClass } from "../model/machine-fields.js";
import { readPath } from "../model/setting-path.js";
import type { NameKind } from "../questions/occurrences.js";
import { type Invocation, valueOf } from "./parse-arguments.js";

/** The change that the arguments ask for, or what is wrong with them. */
export function readChange(invocation: Invocation, analysis: Analysis): InventoryChange | string {
  const { command, operands } = invocation;
  switch (command) {
    case "add":
      return readAddition(invocation);
    case "remove": {
      const [of, name] = operands;
      return operands.length === 2 && isNameKind(of)
        ? { kind: "remove", of, name: name! }
        : "'remove' needs machine, tag or instance, and its name";
    }
    case "rename": {
      const [of, name, newName] = operands;
      return operands.length === 3 && isNameKind(of)
        ? { kind: "rename", of, name: name!, newName: newName! }
        : "'rename' needs machine, tag or instance, its name, and the new name";
    }
    case "tag":
    case "untag":
      return readTags(command, operands, analysis);
    case "assign":
    case "unassign":
      return readAssignment(command, invocation);
    case "adopt":
      return operands.length === 0 ? { kind: "adopt" } : "'adopt' takes no operands";
    case "set":
      return operands.length === 2
        ? { kind: "set", place: operands[0]!, value: operands[1]! }
        : "'set' needs a place and a value";
    default:
      return operands.length === 1
        ? { kind: "unset", place: operands[0]! }
        : "'unset' needs a place";
  }
}

function readAddition(invocation: Invocation): InventoryChange | string {
  const { operands, flags } = invocation;
  const [of, name, excess] = operands;
  if (name === undefined || excess !== undefined || (of !== "machine" && of !== "instance")) {
    return "'add' needs machine or instance, and a name";
  }
  const foreign = of === "machine" ? ["module", "input"] : ["tag", "class"];
  const wrong = [...flags.keys()].find((flag) => foreign.includes(flag));
  if (wrong !== undefined) {
    return `'add ${of}' has no flag '--${wrong}'`;
  }
  return of === "machine"
    ? {
        kind: "addMachine",
        name,
        tags: flags.get("tag"),
        machineClass: valueOf(invocation, "class") as MachineClass | undefined,
      }
    : {
        kind: "addInstance",
        name,
        module: valueOf(invocation, "module"),
        input: valueOf(invocation, "input"),
      };
}

/** Machines come first; the first word that names none of them starts the tags. */
function readTags(
  kind: "tag" | "untag",
  words: readonly string[],
  analysis: Analysis,
): InventoryChange | string {
  const machines = draftOf(analysis).declarations("machine");
  const firstTag = words.findIndex((word) => !machines.has(word));
  const start = Math.max(firstTag < 0 ? words.length - 1 : firstTag, 1);
  return words.length < 2
    ? `'${kind}' needs machines, then tags`
    : { kind, machines: words.slice(0, start), tags: words.slice(start) };
}

function readAssignment(
  kind: "assign" | "unassign",
  { operands, flags }: Invocation,
): InventoryChange | string {
  const [place, excess] = operands;
  const [instance, role, ...rest] = readPath(place ?? "").map(String);
  const machines = flags.get("machine") ?? [];
  const tags = flags.get("tag") ?? [];
  return role === undefined || rest.length > 0 || excess !== undefined
    ? `'${kind}' needs INSTANCE.ROLE`
    : machines.length + tags.length === 0
      ? `'${kind}' needs '--machine' or '--tag'`
      : { kind, instance: instance!, role, machines, tags };
}

function isNameKind(word: string | undefined): word is NameKind {
  return word === "machine" || word === "tag" || word === "instance";
}
