import * as fc from "fast-check";
import {
  type CommandName,
  commands,
  type FlagName,
  valueAfter,
} from "../../src/cli/command-table.js";
import { mutated } from "../arbitrary-inventories.js";
import { filesWith, namesIn, run } from "../host.js";
import { ensure, type Front } from "./front.js";
import { inventoryTexts, names } from "./texts.js";

interface Call {
  readonly args: readonly string[];
  readonly files: { readonly [name: string]: string };
  readonly input: string | null;
}

const fileNames = ["inventory.yaml", "inventory/a.yaml", "inventory/b.json", "inventory.json"];
const more = ["flake.nix", "flake.lock", "services.json", "out.nix", "machines/c/x", "dir/"];
const words = fc.oneof(
  names,
  fc.constantFrom(...fileNames, "out.nix", "inventory", "-", ".", "..", "/", "none", "HEAD"),
  fc.constantFrom("machine", "tag", "instance", "i.r", "machines.a.tags", "unknown-tag", "[1, x]"),
);

const args: fc.Arbitrary<readonly string[]> = fc
  .constantFrom(...(Object.keys(commands) as CommandName[]))
  .chain((command) => {
    const flag = fc
      .constantFrom<FlagName>(...commands[command].flags)
      .chain((flag) => valuesOf(flag, command).map((values) => [`--${flag}`, ...values]));
    const parts = fc.array(
      fc.oneof(
        words.map((word) => [word]),
        flag,
      ),
      { maxLength: 6 },
    );
    return parts.map((parts) => [command, ...parts.flat()]);
  });

function valuesOf(flag: FlagName, command: CommandName): fc.Arbitrary<readonly string[]> {
  const value = valueAfter(flag, command);
  if (value === undefined) {
    return fc.constant([]);
  }
  const meant = typeof value === "string" ? words : fc.constantFrom(...value);
  return fc.oneof({ weight: 4, arbitrary: meant }, words).map((word) => [word]);
}

/** The command ends with one of its exit codes, leaves nothing behind, and says nothing to terminals. */
export const command: Front<Call> = {
  inputs: fc.record({
    args: fc.oneof(
      { weight: 9, arbitrary: args },
      fc.array(
        mutated(fc.constantFrom(...Object.keys(commands), "--to=json", "-o-", "__complete")),
      ),
    ),
    files: fc.dictionary(fc.constantFrom(...fileNames, ...more), inventoryTexts, { maxKeys: 4 }),
    input: fc.option(inventoryTexts),
  }),
  check: async ({ args, files, input }) => {
    const disk = filesWith(files);
    const given = input === null ? {} : { input };
    const { exitCode, stderr } = await run(args, { files: disk, ...given });
    ensure([0, 1, 2].includes(exitCode), `the exit code is not ${exitCode}: ${stderr}`);
    ensure(!namesIn("/work", disk).some((name) => name.endsWith(".tmp")), "no file is left behind");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    const isSafe = args.includes("--color") || !/[\0-\x08\x0b-\x1f\x7f-\x9f]/.test(stderr);
    ensure(isSafe, `no control characters are in ${JSON.stringify(stderr)}`);
  },
};
