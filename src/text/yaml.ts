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
import type { Source } from "../model/source.js";
import { unholdable, visible } from "./scalars.js";
import { Locator } from "./yaml-locator.js";
import { isBlank, type Node } from "./yaml-nodes.js";
import { type Composition, compose, type PieceSize, usualPieces } from "./yaml-pieces.js";
import { Walk } from "./yaml-walk.js";

/**
 * Reads one YAML document and reports what is wrong with it; `undefined` where nothing can be said
 * of what it means.
 */
export function parseYaml(
  source: Source,
  limits: Limits,
  report: Report,
  pieces: PieceSize = usualPieces,
): Document | undefined {
  const unprintable = unprintableIn(source);
  if (unprintable !== undefined) {
    report(unprintable);
    return undefined;
  }

  const findings: Finding[] = [];
  const walk = new Walk(source, limits, (finding) => findings.push(finding));
  const composition = compose(source.text, limits, pieces, walk);
  const root = rootOf(composition);
  const problems = textFindings(composition, source, limits);
  const { unknownTags } = composition.problems;
  const isWellFormed = problems.length === unknownTags;
  const read = isWellFormed && root !== undefined ? walk.read(root) : undefined;
  for (const finding of isWellFormed ? [...problems, ...findings] : problems) {
    report(finding);
  }
  // Where a tag is unknown, it may be unclear what was not read.
  if (read === undefined || read.unknownTags !== unknownTags) {
    return undefined;
  }
  // Nodes that are still whole give positions as well; a long text is read once more for these.
  const nodes = source.text.length < pieces.text ? root : undefined;
  const findPositions = () => {
    const locator = new Locator(source.text);
    const again = new Walk(source, limits, () => {}, locator);
    again.read(nodes ?? rootOf(compose(source.text, limits, pieces, again))!);
    return locator;
  };
  return withPositions(read, findPositions);
}

/** The first character that YAML does not allow; there may be as many as characters. */
function unprintableIn(source: Source): Finding | undefined {
  const match = /[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/u.exec(source.text);
  if (match === null) {
    return undefined;
  }
  const place = { source, start: match.index, end: match.index + 1 };
  const problem = unholdable(match[0]);
  if (problem !== undefined) {
    return invalidString(place, problem);
  }
  return syntaxError(place, "controlCharacter", visible(source.text, match.index));
}

/** The root node of the only document. */
function rootOf({ documents }: Composition): Node | undefined {
  const root = documents.length === 1 ? (documents[0]!.contents as Node | null) : null;
  return root === null || isBlank(root) ? undefined : root;
}

/** Why the text is no document: nothing is said of what it means then. */
function textFindings(
  { documents, problems, stop }: Composition,
  source: Source,
  limits: Limits,
): readonly Finding[] {
  if (stop !== undefined && stop.reason !== "findings") {
    const end = Math.min(stop.offset + 1, source.text.length);
    const place = { source, start: stop.offset, end };
    if (stop.reason === "words") {
      return [...problems.findings(source), tooLongAtOnce(place)];
    }
    return [
      stop.reason === "depth"
        ? limitExceeded(place, "depth", limits.depth)
        : syntaxError(place, "cannotRead"),
    ];
  }
  const findings = [...problems.findings(source)];
  if (documents.length > 1) {
    const start = documents[1]!.range[0];
    findings.push(
      syntaxError(
        { source, start, end: Math.min(start + 3, source.text.length) },
        "multipleDocuments",
      ),
    );
  }
  const isEmpty =
    stop === undefined && findings.length === 0 && rootOf({ documents, problems }) === undefined;
  return isEmpty ? [emptyInput({ source, start: 0, end: 0 })] : findings;
}

/** Adds where values are; few texts are asked for it. */
function withPositions(read: Omit<Document, "locate">, findPositions: () => Locator): Document {
  let locator: Locator | undefined;
  const locate: Document["locate"] = (path, isKey) => {
    locator ??= findPositions();
    return locator.locate(path, isKey);
  };
  return { ...read, locate };
}
