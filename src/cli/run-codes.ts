import { codes, isCode } from "../diagnostics/codes.js";
import { unknownCode } from "../diagnostics/severities.js";
import { codesData, showCode, showCodes } from "../show/show-codes.js";
import { writeJson } from "../text/json-writer.js";
import { fail } from "./fail.js";
import type { Host } from "./host.js";
import type { Invocation } from "./parse-arguments.js";
import { writeOutput } from "./write-text.js";

export function runCodes({ flags, operands }: Invocation, host: Host): number {
  const [code, excess] = operands;
  if (excess !== undefined) {
    return fail([`'codes' takes one code; unexpected '${excess}'`], host);
  }
  if (code !== undefined && !isCode(code)) {
    return fail([unknownCode(code, Object.keys(codes))], host);
  }
  const show = () => (code === undefined ? showCodes() : showCode(code));
  writeOutput(flags.has("json") ? writeJson(codesData(code)) : show(), host);
  return 0;
}
