/**
 * What holds for any text: a target for fuzzers. `test/fuzz.test.ts` runs it on
 * the corpus and what is near it. The long runs are guided by coverage, by
 * jazzer.js, which needs glibc 2.38:
 *
 *     esbuild test/fuzz.ts --bundle --minify-whitespace --platform=node --main-fields=module,main \
 *         --outfile=/tmp/fuzz.cjs
 *     npx @jazzer.js/core@4 /tmp/fuzz.cjs /tmp/corpus --sync -i fuzz.cjs -- -max_len=4096
 */
import type { Buffer } from "node:buffer";
import {
  type CompileOptions,
  type CompileResult,
  compile,
  type Diagnostic,
  diff,
  formatDiagnostics,
  isEmptyDifference,
  plan,
  type Source,
} from "../src/index.js";
import { completeOptions } from "../src/model/options.js";
import { agreement } from "./agreement.js";

const modes = ["resolved", "declared"] as const;
const common: CompileOptions = {
  services: null,
  allowNix: true,
  limits: {
    size: 2 ** 16,
    values: 20_000,
    patterns: 20_000,
    members: 20_000,
    settings: 20_000,
    checks: 200_000,
  },
};

/** The name under which fuzzers look for it. */
export function fuzz(bytes: Buffer): void {
  const text = bytes.toString("utf8");
  checkText({ name: "inventory", text, format: "yaml" });
  checkText({ name: "inventory", text, format: "json" });
  // Any other text without a format is YAML again.
  if (/^\s*\{/.test(text)) {
    checkText({ name: "inventory", text });
  }
}

/**
 * Throws if the compiler does anything but compile a text or report, at places in it, what is wrong.
 */
export function checkText(source: Source): void {
  for (const emit of modes) {
    const { text: nix, diagnostics } = compile(source, { ...common, emit });
    checkDiagnostics(diagnostics, source);
    ensure(
      (nix === undefined) === hasErrors(diagnostics),
      "there is output if and only if there is no error",
    );
    if (nix !== undefined) {
      checkYaml(source, emit, nix);
    }
  }
  if (source.format === "yaml") {
    checkAgreement(source.text);
  }
  const planned = plan(source, common).plan;
  if (planned !== undefined) {
    ensure(
      isEmptyDifference(diff(planned, plan(source, common).plan!)),
      "equal plans do not differ",
    );
  }
}

function checkAgreement(text: string): void {
  const found = agreement(text, completeOptions(common).limits);
  ensure(
    found === undefined || JSON.stringify(found.fast) === JSON.stringify(found.slow),
    "both readers of YAML read the same",
  );
}

function checkDiagnostics(diagnostics: readonly Diagnostic[], source: Source): void {
  for (const { range, related } of diagnostics) {
    for (const { start, end } of [range, ...related.map(({ range }) => range)]) {
      ensure(
        0 <= start.offset && start.offset <= end.offset && end.offset <= source.text.length,
        `${start.offset}-${end.offset} is in the text`,
      );
    }
  }
  for (const format of ["text", "json", "github", "sarif"] as const) {
    formatDiagnostics(diagnostics, [source], { format, color: false });
  }
}

/** Whatever compiles means the same when written as YAML, which ignores no mistakes any more. */
function checkYaml(source: Source, emit: (typeof modes)[number], nix: string): void {
  if (source.text.includes("inventory2nix:")) {
    return;
  }
  const { text } = compile(source, { ...common, emit, to: "yaml" });
  if (text === undefined) {
    throw new Error("what can be Nix can be YAML");
  }
  const again = compile({ name: "inventory.yaml", text }, { ...common, emit });
  ensure(
    body(again) === nix.replace(comments, ""),
    `its YAML compiles to the same:\n${text}\n${again.text}`,
  );
}

const comments = /^(#.*\n)+/;

function body({ text: nix }: CompileResult): string | undefined {
  return nix?.replace(comments, "");
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

function ensure(holds: boolean, property: string): void {
  if (!holds) {
    throw new Error(`does not hold: ${property}`);
  }
}
