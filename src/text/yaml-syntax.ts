import { completeOptions } from "../model/options.js";
import type { Syntax } from "./syntax.js";
import { mayHaveOtherSigns } from "./table-syntax.js";
import { tokenSyntax } from "./token-syntax.js";
import { readYaml } from "./yaml/yaml-reader.js";

/**
 * Where everything is in the only document of a YAML text; `undefined` where `parse` does not read it,
 * or a directive gives tags another meaning. The package, which knows all of YAML, takes three times
 * as long as our own reader, and half a kilobyte for every word.
 */
export function readYamlSyntax(text: string): Syntax | undefined {
  if (mayHaveOtherSigns(text)) {
    return tokenSyntax(text);
  }
  const reading = readYaml({ name: "", text }, limits);
  return ("offset" in reading ? undefined : reading.said?.syntax?.()) ?? tokenSyntax(text);
}

const { limits } = completeOptions({});
