import type { Finding, Report } from "../diagnostics/diagnostic.js";
import { invalidString, syntaxError } from "../diagnostics/text-messages.js";
import type { Document } from "../model/document.js";
import type { Limits } from "../model/options.js";
import { unholdable, visible } from "./scalars.js";
import { readLongBrokenText } from "./yaml-condense.js";
import { readWithPackage, type YamlReading } from "./yaml-package.js";
import { readYaml } from "./yaml-reader.js";

/** From how many characters on a text that is broken is not given to the package as a whole. */
const longText = 2 ** 19;

/**
 * Reads one document of YAML 1.2 (core schema) with merge keys, and reports what is wrong with it;
 * `undefined` where nothing can be said of what it means.
 */
export function parseYaml(
  text: string,
  document: number,
  limits: Limits,
  report: Report,
): Document | undefined {
  const unprintable = unprintableIn(text, document);
  if (unprintable !== undefined) {
    report(unprintable);
    return undefined;
  }
  const { findings, said } = read(text, document, limits);
  for (const finding of findings) {
    report(finding);
  }
  return said;
}

/** The package `yaml` is asked only where our own reader gives up: it takes ten times as long. */
function read(text: string, document: number, limits: Limits): YamlReading {
  const reading = readYaml(text, document, limits);
  if (!("offset" in reading)) {
    return reading;
  }
  return text.length < longText
    ? readWithPackage(text, document, limits)
    : readLongBrokenText(text, document, limits, reading);
}

/** Reports the first character that YAML does not allow; there may be as many as characters. */
export function unprintableIn(text: string, document: number): Finding | undefined {
  const match = /[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/u.exec(text);
  if (match === null) {
    return undefined;
  }
  const place = { document, start: match.index, end: match.index + 1 };
  const problem = unholdable(match[0]);
  if (problem !== undefined) {
    return invalidString(place, problem);
  }
  return syntaxError(place, "controlCharacter", visible(text, match.index));
}
