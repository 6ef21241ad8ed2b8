import type { Conversion } from "./convert.js";
import type { Evaluation } from "./evaluate.js";
import type { Run } from "./run-measured.js";

/** CPU times in milliseconds, and as multiples of the first row's. */
export function conversionTable(
  conversions: readonly Conversion[],
  sizes: readonly number[],
): readonly string[] {
  const [ours] = conversions;
  const largest = sizes.length - 1;
  return table(
    [
      "",
      "makes",
      ...sizes.map((size) => `${count(size)} machines`),
      `memory at ${count(sizes[largest]!)}`,
      "Nix reads it",
      "mistakes found",
    ],
    conversions.map(({ way, program, runs, reading, mistakes }) => [
      `${way.name} ${program.version}`.trim(),
      way.makes === "nothing" ? "" : way.makes,
      ...runs.map((run, index) => timeAndRatio(run, ours!.runs[index]!)),
      memory(runs[largest]!),
      reading === undefined ? "" : time(reading),
      String(mistakes.length),
    ]),
  );
}

/** As above; the first row is what resolved output takes. */
export function evaluationTable(
  evaluations: readonly Evaluation[],
  sizes: readonly number[],
): readonly string[] {
  const [ours] = evaluations;
  return table(
    [
      "one machine's settings in Clan, from",
      ...sizes.flatMap((size) => [`${count(size)} machines`, "memory"]),
    ],
    evaluations.map(({ name, runs }) => [
      name,
      ...runs.flatMap((run, index) => [timeAndRatio(run, ours!.runs[index]!), memory(run)]),
    ]),
  );
}

export function timeAndRatio(run: Run, unit: Run): string {
  // GNU time counts hundredths of a second.
  return run.time < 10 ? "under 10" : `${time(run)} (${(run.time / unit.time).toFixed(2)})`;
}

export function memory({ peak }: Run): string {
  return `${count(Math.round(peak))} MiB`;
}

function time(run: Run): string {
  return count(Math.round(run.time));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
}

function count(value: number): string {
  return value.toLocaleString("en");
}
