import { completeCatalogue } from "../catalogue/read-catalogue.js";
import { codes } from "../diagnostics/codes.js";
import type { Plan } from "../questions/plan.js";
import { type CommandName, commands, flagSummary } from "./command-table.js";

/** A word that may be typed, and what it means; empty where that is plain. */
export type Word = readonly [word: string, meaning: string];

export function plainWords(words: readonly string[]): readonly Word[] {
  return words.map((word) => [word, ""]);
}

export function commandWords(): readonly Word[] {
  return Object.entries(commands).map(([name, { summary }]) => [name, summary]);
}

export function flagWords(command: CommandName): readonly Word[] {
  return commands[command].flags.map((flag) => [`--${flag}`, flagSummary(commands[command], flag)]);
}

export function codeWords(): readonly Word[] {
  return Object.entries(codes).map(([code, { summary }]) => [code, summary]);
}

/** The built-in services. */
export function serviceWords(): readonly Word[] {
  return [...completeCatalogue(undefined).inputs].flatMap(([input, { services }]) =>
    [...services.keys()].map((name): Word => [name, input]),
  );
}

export function machineWords({ machines }: Plan): readonly Word[] {
  return Object.entries(machines).map(([name, machine]) => [name, `${machine.class} machine`]);
}

export function tagWords({ machines }: Plan): readonly Word[] {
  return Object.values(machines).flatMap(({ tags }) => plainWords(tags));
}

export function instanceWords({ machines }: Plan): readonly Word[] {
  return Object.values(machines).flatMap(({ instances }) =>
    Object.entries(instances).map(
      ([name, { module }]): Word => [name, `instance of ${module.name}`],
    ),
  );
}

/** Each role with its instance: `sshd.server`. */
export function roleWords({ machines }: Plan): readonly Word[] {
  return Object.values(machines).flatMap(({ instances }) =>
    Object.entries(instances).flatMap(([name, { roles }]) =>
      Object.keys(roles).map((role): Word => [`${name}.${role}`, "role"]),
    ),
  );
}
