import type { Report } from "../diagnostics/diagnostic.js";
import type { Data } from "../model/data.js";
import type { Assignment, Inventory, Role, WrittenInventory } from "../model/inventory.js";
import { mapValues } from "../model/maps.js";
import type { Located } from "../model/origin.js";
import type { FormContext } from "./read-forms/form-context.js";
import { toDefinitions } from "./read-forms/to-definitions.js";
import { toModule } from "./read-forms/to-module.js";

/**
 * Reads the special forms in settings and modules: data becomes values. Data without any form is
 * passed on as the object it is.
 */
export function readForms(
  inventory: WrittenInventory,
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

function readRole(role: Role<Located<Data>, Located<Data>>, context: FormContext): Role {
  return {
    machines: readAssignments(role.machines, context),
    tags: readAssignments(role.tags, context),
    settings: readSettings(role.settings, context),
    extraModules: role.extraModules.map(({ value, origin }) => ({
      value: toModule(value, origin, context),
      origin,
    })),
    origin: role.origin,
  };
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
