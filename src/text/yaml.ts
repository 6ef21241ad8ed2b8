/**
 * Reads YAML 1.2 (core schema) with merge keys. The package `yaml` turns text
 * into nodes; what scalars mean, aliases, merges, duplicate keys and limits are
 * settled in one walk over the nodes.
 */
import type { Finding, Report } from "../diagnostics/diagnostic.js";
import { limitExceeded } from "../diagnostics/output-messages.js";
import {
  emptyInput,
  invalidString,
  syntaxError,
  tooLongAtOnce,
} from "../diagnostics/text-messages.js";
import type { Document } from "../model/document.js";
import type { Limits } from "../model/options.js";
import { unholdable, visible } from "./scalars.js";
import { Locator } from "./yaml-locator.js";
import { isBlank, type Node } from "./yaml-nodes.js";
import { type Composition, compose, type PieceSize, usualPieces } from "./yaml-pieces.js";
import { type Reading, Walk } from "./yaml-walk.js";

/**
 * Reads one YAML document and reports what is wrong with it; `undefined` where nothing can be said
 * of what it means.
 */
export function parseYaml(
  text: string,
  document: number,
  limits: Limits,
  report: Report,
  pieces: PieceSize = usualPieces,
): Document | undefined {
  const unprintable = unprintableIn(text, document);
  if (unprintable !== undefined) {
    report(unprintable);
    return undefined;
  }

  const findings: Finding[] = [];
  const walk = new Walk(text, document, limits, (finding) => findings.push(finding));
  const composition = compose(text, limits, pieces, walk);
  const root = rootOf(composition);
  const problems = textFindings(composition, text, document, limits);
  const { unknownTags } = composition.problems;
  const isWellFormed = problems.length === unknownTags;
  const reading = isWellFormed && root !== undefined ? walk.read(root) : undefined;
  for (const finding of isWellFormed ? [...problems, ...findings] : problems) {
    report(finding);
  }
  // A tag may stand where it cannot be said what is unread.
  if (reading === undefined || reading.unknownTags !== unknownTags) {
    return undefined;
  }
  return withPlaces(reading, text, (locator) => {
    const again = new Walk(text, document, limits, () => {}, locator);
    again.read(rootOf(compose(text, limits, pieces, again))!);
  });
}

/** Reports the first character that YAML does not allow; there may be as many as characters. */
function unprintableIn(text: string, document: number): Finding | undefined {
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

/** The root node of the only document. */
function rootOf({ documents }: Composition): Node | undefined {
  const root = documents.length === 1 ? (documents[0]!.contents as Node | null) : null;
  return root === null || isBlank(root) ? undefined : root;
}

/** Why the text is no document: nothing is said of what it means then. */
function textFindings(
  { documents, problems, stop }: Composition,
  text: string,
  document: number,
  limits: Limits,
): readonly Finding[] {
  if (stop !== undefined && stop.reason !== "findings") {
    const place = { document, start: stop.offset, end: Math.min(stop.offset + 1, text.length) };
    if (stop.reason === "words") {
      return [...problems.findings(document), tooLongAtOnce(place)];
    }
    return [
      stop.reason === "depth"
        ? limitExceeded(place, "depth", limits.depth)
        : syntaxError(place, "cannotRead"),
    ];
  }
  const findings = [...problems.findings(document)];
  if (documents.length > 1) {
    const start = documents[1]!.range[0];
    findings.push(
      syntaxError({ document, start, end: Math.min(start + 3, text.length) }, "multipleDocuments"),
    );
  }
  const isEmpty =
    stop === undefined && findings.length === 0 && rootOf({ documents, problems }) === undefined;
  return isEmpty ? [emptyInput({ document, start: 0, end: 0 })] : findings;
}

/** Adds where things stand; few texts are asked, and they are read once more. */
function withPlaces(
  reading: Reading,
  text: string,
  readAgain: (locator: Locator) => void,
): Document {
  let locator: Locator | undefined;
  const locate: Document["locate"] = (path, isKey) => {
    if (locator === undefined) {
      readAgain((locator = new Locator(text)));
    }
    return locator.locate(path, isKey);
  };
  return { ...reading, locate };
}
