import type { CodeDescription } from "./codes/code-table.js";
import { formCodes } from "./codes/form-codes.js";
import { habitCodes } from "./codes/habit-codes.js";
import { jsonCodes } from "./codes/json-codes.js";
import { meaningCodes } from "./codes/meaning-codes.js";
import { outputCodes } from "./codes/output-codes.js";
import { serviceCodes } from "./codes/service-codes.js";
import { shapeCodes } from "./codes/shape-codes.js";
import { textCodes } from "./codes/text-codes.js";
import { yamlCodes } from "./codes/yaml-codes.js";

export { type CodeDescription, type Example, partsOf } from "./codes/code-table.js";

const tables = {
  ...formCodes,
  ...habitCodes,
  ...jsonCodes,
  ...meaningCodes,
  ...outputCodes,
  ...serviceCodes,
  ...shapeCodes,
  ...textCodes,
  ...yamlCodes,
};

export type Code = keyof typeof tables;

/** The closed list of codes, sorted by name. */
export const codes = Object.fromEntries(
  Object.entries(tables).sort(([a], [b]) => (a < b ? -1 : 1)),
) as { readonly [code in Code]: CodeDescription };

export function isCode(word: string): word is Code {
  return Object.hasOwn(codes, word);
}
