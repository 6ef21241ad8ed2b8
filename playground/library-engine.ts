import { compile, diff, explain, graph, plan, type CompileOptions, type Difference, type Explanation, type Plan } from "../src/index.js";
import { uniteCatalogues } from "../src/catalogue.js";
import { readCatalogue } from "../src/read-catalogue.js";
import { writePath } from "../src/setting-path.js";
import { showValue } from "../src/show/value.js";
import type { Change } from "../src/diff.js";
import type { Engine, EngineOptions, FleetMachine, ShownChange, ShownDifference, ShownExplanation } from "./engine.js";

/** The engine over the library itself. */
export function loadLibrary(): Engine {
  return {
    compile: (sources, options) => compile(sources, toOptions(options)),
    fleet(sources, options) {
      const planning = plan(sources, toOptions(options));
      return { diagnostics: planning.diagnostics, ...(planning.plan && { fleet: showFleet(planning.plan) }) };
    },
    explain(sources, options, question) {
      const { explanation, ...rest } = explain(sources, question, toOptions(options));
      return { ...rest, ...(explanation && { explanation: showExplanation(explanation) }) };
    },
    diff(before, after, options) {
      const [old, now] = [plan(before, toOptions(options)), plan(after, toOptions(options))];
      if (!old.plan || !now.plan) return { diagnostics: now.diagnostics };
      return { diagnostics: now.diagnostics, difference: showDifference(diff(old.plan, now.plan)) };
    },
    graph(sources, options) {
      const planning = plan(sources, toOptions(options));
      return { diagnostics: planning.diagnostics, ...(planning.plan && { graph: graph(planning.plan) }) };
    },
    version: () => "0.1.0",
  };
}

function toOptions({ services, ...options }: EngineOptions): CompileOptions {
  if (services === undefined) return options;
  const catalogues = services.flatMap((source) => readCatalogue(source).catalogue ?? []);
  return { ...options, services: catalogues.length === 0 ? null : catalogues.reduce(uniteCatalogues) };
}

function showFleet({ machines }: Plan): readonly FleetMachine[] {
  return Object.entries(machines).map(([name, { class: machineClass, tags, instances }]) => ({
    name,
    class: machineClass,
    tags,
    roles: Object.entries(instances).flatMap(([instance, { module, roles }]) =>
      Object.entries(roles).map(([role, { through }]) => ({ instance, role, module: module.name, byName: through.name, byTags: through.tags })),
    ),
  }));
}

function showExplanation(explanation: Explanation): ShownExplanation {
  const memberships = explanation.memberships.map(({ settings, ...membership }) => ({
    ...membership,
    ...(settings && {
      settings: settings.map(({ path, value, definitions, ...rest }) => ({
        ...rest,
        path: writePath(path),
        ...(value !== undefined && { value: showValue(value) }),
        definitions: definitions.map((definition) => ({ ...definition, value: showValue(definition.value) })),
      })),
    }),
  }));
  return { ...explanation, memberships };
}

function showDifference({ meta, changed, ...rest }: Difference): ShownDifference {
  return {
    ...rest,
    meta: meta.map(showChange),
    changed: Object.entries(changed).map(([machine, { fields, tags, roles }]) => ({
      machine,
      tags,
      fields: fields.map(showChange),
      gained: roles.gained.map(({ instance, role }) => `${instance}.${role}`),
      lost: roles.lost.map(({ instance, role }) => `${instance}.${role}`),
      roles: roles.changed.map(({ instance, role, settings, module, extraModules }) => ({
        role: `${instance}.${role}`,
        changes: [
          ...(module ? [{ path: "module", before: `${module.before.input}.${module.before.name}`, after: `${module.after.input}.${module.after.name}` }] : []),
          ...settings.map(showChange),
          ...(extraModules ? [{ path: "extraModules", before: showValue(extraModules.before), after: showValue(extraModules.after) }] : []),
        ],
      })),
    })),
  };
}

function showChange({ path, before, after }: Change): ShownChange {
  return { path: writePath(path), ...(before !== undefined && { before: showValue(before) }), ...(after !== undefined && { after: showValue(after) }) };
}
