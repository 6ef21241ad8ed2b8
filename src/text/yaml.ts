import type { Finding, Report } from "../diagnostics/diagnostic.js";
import { invalidString, syntaxError } from "../diagnostics/text-messages.js";
import type { Limits } from "../model/options.js";
import type { Source } from "../model/source.js";
import { unholdable, visible } from "./scalars.js";
import { readLongBrokenText } from "./yaml/yaml-condense.js";
import { readWithPackage } from "./yaml/yaml-package.js";
import { readYaml } from "./yaml/yaml-reader.js";
import type { YamlContent, YamlReading } from "./yaml/yaml-reading.js";

/** From how many characters on a text that is broken is not given to the package as a whole. */
const longText = 2 ** 16;

/**
 * Reads one document of YAML 1.2 (core schema) with merge keys, and reports what is wrong with it;
 * `undefined` where nothing can be said of what it means.
 */
export function parseYaml(source: Source, limits: Limits, report: Report): YamlContent | undefined {
  const unprintable = unprintableIn(source);
  if (unprintable !== undefined) {
    report(unprintable);
    return undefined;
  }
  const { findings, said } = read(source, limits);
  for (const finding of findings) {
    report(finding);
  }
  return said;
}

/** The package `yaml` is asked only where our own reader gives up: it takes ten times as long. */
function read(source: Source, limits: Limits): YamlReading {
  const reading = readYaml(source, limits);
  if (!("offset" in reading)) {
    return reading;
  }
  return source.text.length < longText
    ? readWithPackage(source, limits)
    : readLongBrokenText(source, limits, reading);
}

/** The first character that YAML does not allow. */
export function unprintableIn(source: Source): Finding | undefined {
  const { text } = source;
  const match = /[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/u.exec(text);
  if (match === null) {
    return undefined;
  }
  const place = { source, start: match.index, end: match.index + 1 };
  const problem = unholdable(match[0]);
  if (problem !== undefined) {
    return invalidString(place, problem);
  }
  return syntaxError(place, "controlCharacter", visible(text, match.index));
}
