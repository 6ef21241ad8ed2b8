import { instantiate, type MachinePlan, type Options } from "#component";
import type { Engine, EngineOptions, FleetMachine } from "./engine.js";

/** The engine over the WebAssembly component. */
export async function loadEngine(): Promise<Engine> {
  const compiler = await instantiate();
  return {
    compile: (sources, options) => compiler.compile(sources, toComponentOptions(options)),
    fleet(sources, options) {
      const { plan, diagnostics } = compiler.plan(sources, toComponentOptions(options));
      return { diagnostics, ...(plan && { fleet: plan.machines.map(toFleetMachine) }) };
    },
    explain: (sources, question, options) =>
      compiler.explain(sources, question, toComponentOptions(options)),
    diff(before, after, options) {
      const { after: diagnostics, ...answer } = compiler.diff(
        before,
        after,
        toComponentOptions(options),
      );
      return { diagnostics, ...answer };
    },
    graph: (sources, options) => compiler.graph(sources, toComponentOptions(options)),
    version: () => compiler.version(),
  };
}

function toComponentOptions({
  knownMachines = {},
  allowNix = false,
  denyWarnings = false,
  rootDefault,
  ...others
}: EngineOptions): Options {
  return {
    ...others,
    knownMachines: Object.entries(knownMachines).map(([name, machineClass]) => ({
      name,
      class: machineClass,
    })),
    allowNix,
    denyWarnings,
    ...(rootDefault !== undefined && {
      rootDefault: rootDefault === null ? { tag: "required" } : { tag: "path", val: rootDefault },
    }),
  } as Options;
}

function toFleetMachine({ name, class: machineClass, tags, instances }: MachinePlan): FleetMachine {
  const roles = instances.flatMap(({ name: instance, module, roles }) =>
    roles.map(({ name: role, byName, byTags }) => ({
      instance,
      role,
      module: module.name,
      byName,
      byTags,
    })),
  );
  return { name, class: machineClass, tags, roles };
}
