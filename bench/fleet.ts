import { load } from "js-yaml";
import type { Data, DataMap } from "../src/model/data.js";
import { writeYaml } from "../src/text/yaml-writer.js";

export interface FleetOptions {
  readonly machines: number;
  readonly format: "yaml" | "json";
  /**
   * `small`: a few values per role, as services have. `large`: a few hundred. `sparse`: written by
   * hand, hardly any, and one tag that no machine has.
   */
  readonly settings: "small" | "large" | "sparse";
}

/**
 * The text of an inventory with this many machines and ten instances, assigned to them by tags.
 */
export function fleetText({ machines, format, settings }: FleetOptions): string {
  if (settings === "sparse") {
    const text = sparseText(machines);
    return format === "yaml" ? text : JSON.stringify(load(text), null, 2);
  }
  const inventory: Data = {
    meta: { name: "fleet", domain: "example.com" },
    machines: Object.fromEntries(
      Array.from({ length: machines }, (_, index) => [machineName(index), machine(index)]),
    ),
    tags: { elsewhere: { allOf: ["site-1"], noneOf: ["class-2"] } },
    instances: Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => [`instance-${index}`, instance(index, settings)]),
    ),
  };
  return format === "json" ? JSON.stringify(inventory, null, 2) : writeYaml(inventory);
}

/** The sparse fleet without its mistake: one machine has the tag that none had. */
export function withoutMistake(sparse: string): string {
  return sparse.replace("t0", "t8");
}

/** A YAML text with one mistake of syntax, far from both ends. */
export function withSyntaxMistake(text: string): string {
  const middle = text.indexOf("\n  ", text.length / 4);
  return `${text.slice(0, middle)}\n  broken: [a${text.slice(middle)}`;
}

/** As a program writes it that knows nothing of style: flow and block maps side by side. */
function sparseText(machines: number): string {
  const names = Array.from(
    { length: machines },
    (_, index) =>
      `  machine-${index}:\n    tags: [t${index % 7}, site-${index % 31}]\n    deploy:\n      targetHost: root@machine-${index}.example.org\n`,
  );
  const instances = Array.from(
    { length: 10 },
    (_, index) =>
      `  svc-${index}:\n    module: { name: free, input: self }\n    roles:\n      client:\n        tags: [${index % 2 === 1 ? "all" : `t${index}`}]\n        settings:\n          port: ${8000 + index}\n          paths: [/a, /b]\n      server:\n        machines:\n          machine-${index}:\n            settings:\n              dir: /srv/${index}\n`,
  );
  return `machines:\n${names.join("")}instances:\n${instances.join("")}`;
}

function machineName(index: number): string {
  return `machine-${String(index).padStart(6, "0")}`;
}

function machine(index: number): DataMap {
  return {
    description: `Rack ${index >> 5}, slot ${index & 31}`,
    tags: [`site-${index % 5}`, `class-${index % 7}`, `rack-${index % 11}`],
    deploy: { targetHost: `root@${machineName(index)}.example.com` },
  };
}

function instance(index: number, settings: "small" | "large" | "sparse"): DataMap {
  const count = settings === "small" ? 5 : 250;
  return {
    module: { name: "free", input: "self" },
    roles: {
      client: {
        tags: {
          [`site-${index % 5}`]: { settings: values(count, "tag") },
          [`class-${index % 7}`]: { settings: { packages: ["class"] } },
        },
        settings: values(count, "role"),
      },
      server: { tags: [`rack-${index}`], settings: values(count, "server") },
    },
  };
}

function values(count: number, name: string): DataMap {
  const groups = Array.from({ length: count / 5 }, (_, group): [string, Data] => [
    `${name}-${group}`,
    {
      enable: true,
      port: 8000 + group,
      address: "10.0.0.1",
      paths: ["/var/lib", "/srv"],
      script: "set -e\necho started\n",
    },
  ]);
  return { packages: [name], ...Object.fromEntries(groups) };
}

/** A catalogue of the service in these fleets, as Clan exports one. */
export function catalogueText(): string {
  const group = {
    type: "object",
    properties: {
      enable: { type: "boolean" },
      port: { type: "integer" },
      address: { type: "string" },
      paths: { type: "array", items: { type: "string" } },
      script: { type: "string" },
    },
    additionalProperties: false,
  };
  const settings = {
    type: "object",
    properties: { packages: { type: "array", items: { type: "string" } } },
    additionalProperties: group,
  };
  return JSON.stringify({ self: { free: { client: settings, server: settings } } });
}
