import type { Report } from "../diagnostics/diagnostic.js";
import type { Data } from "../model/data.js";
import type { Assignment, Inventory, Role, WrittenInventory } from "../model/inventory.js";
import { joinModules } from "../model/join-lists.js";
import { mapValues } from "../model/maps.js";
import type { Located } from "../model/origin.js";
import { Concatenation, isList, type Value } from "../model/value.js";
import type { FormContext } from "./read-forms/form-context.js";
import { toDefinitions } from "./read-forms/to-definitions.js";
import { toEntry } from "./read-forms/to-module.js";
import { toValue } from "./read-forms/to-value.js";

export type { SharedValues, WrittenPath } from "./read-forms/form-context.js";

/**
 * Reads the special forms in settings and modules: data becomes values. Data without any form is
 * passed on as the object it is.
 */
export function readForms(
  { values: _, ...inventory }: WrittenInventory,
  options: Omit<FormContext, "report">,
  report: Report,
): Inventory {
  const context = { ...options, report };
  return {
    ...inventory,
    instances: mapValues(inventory.instances, (instance) => ({
      ...instance,
      roles: mapValues(instance.roles, (role) => readRole(role, context)),
    })),
  };
}

/** The value that data by itself means. */
export const readValue = toValue;

function readRole(role: Role<Located<Data>, Located<Data>>, context: FormContext): Role {
  return {
    machines: readAssignments(role.machines, context),
    tags: readAssignments(role.tags, context),
    settings: readSettings(role.settings, context),
    extraModules: role.extraModules.flatMap((module) => readModules(module, context)),
    origin: role.origin,
  };
}

/** One module, or those that a form stands for. */
function readModules({ value, origin }: Located<Data>, context: FormContext) {
  const modules = joinModules([toEntry(value, origin, context)], origin);
  const parts = modules instanceof Concatenation ? modules.parts : [];
  return isList(modules)
    ? modules.map((module) => ({ value: module, origin }))
    : parts.flatMap((part): readonly Located<Value>[] =>
        part.kind === "list"
          ? part.items.map((module) => ({ value: module, origin }))
          : [{ value: new Concatenation([part], origin), origin }],
      );
}

/** Assignments are many, and few have settings. */
function readAssignments(
  assignments: ReadonlyMap<string, Assignment<Located<Data>>>,
  context: FormContext,
): ReadonlyMap<string, Assignment> {
  return mapValues(assignments, (assignment) =>
    hasNoSettings(assignment)
      ? assignment
      : { settings: readSettings(assignment.settings, context), origin: assignment.origin },
  );
}

function hasNoSettings(assignment: Assignment<unknown>): assignment is Assignment<never> {
  return assignment.settings.length === 0;
}

function readSettings(settings: readonly Located<Data>[], context: FormContext) {
  return settings.flatMap(({ value, origin }) => toDefinitions(value, origin, context));
}
