import path from "node:path";
import type { Program } from "./find-program.js";
import type { Inputs } from "./inputs.js";
import { type Command, type Run, runInTurns, runMeasured } from "./run-measured.js";
import type { Way } from "./ways.js";

export interface Found {
  readonly way: Way;
  readonly program: Program;
}

/** What a way takes for fleets of the sizes asked for, and what it finds. */
export interface Conversion extends Found {
  readonly runs: readonly Run[];
  /** Nix reading what the way made of the largest fleet. */
  readonly reading?: Run;
  /** Of the mistakes, those of which it says anything. */
  readonly mistakes: readonly string[];
}

export function convert(found: readonly Found[], inputs: Inputs): readonly Conversion[] {
  const outputs = found.map((_, index) => path.join(inputs.folder, `output-${index}`));
  const runs = inputs.sizes.map((size) =>
    runInTurns(
      found.map(({ way, program }) => [
        program.file,
        ...way.convert(path.join(inputs.folder, `fleet-${size}.${way.from}`)),
      ]),
      outputs,
    ),
  );
  const readable = found.filter(({ way }) => way.makes !== "nothing");
  const readings = runInTurns(
    readable.map((one) => nixCommand(one.way, outputs[found.indexOf(one)]!)),
    readable.map(() => path.join(inputs.folder, "value")),
  );
  return found.map((one, index) => ({
    ...one,
    runs: runs.map((ofSize) => ofSize[index]!),
    ...(readable.includes(one) && { reading: readings[readable.indexOf(one)]! }),
    mistakes: findMistakes(
      (file) => [
        one.program.file,
        ...(one.way.check ?? one.way.convert)(`${file}.${one.way.from}`),
      ],
      inputs,
    ),
  }));
}

/** The mistakes of which a command says more than of an inventory without any. */
export function findMistakes(
  commandFor: (file: string) => Command,
  { folder, mistakes }: Inputs,
): readonly string[] {
  const check = (name: string) =>
    runMeasured(commandFor(path.join(folder, name)), path.join(folder, "checked"));
  const correct = check("correct");
  if (correct.status !== 0) {
    throw new Error(correct.stderr);
  }
  return mistakes.filter((_, index) => {
    const { status, stderr } = check(`mistake-${index}`);
    return status !== 0 || stderr !== correct.stderr;
  });
}

function nixCommand({ makes }: Way, file: string): Command {
  const value =
    makes === "nix" ? `import ${file}` : `builtins.fromJSON (builtins.readFile ${file})`;
  return ["nix-instantiate", "--eval", "--strict", "--expr", value];
}
