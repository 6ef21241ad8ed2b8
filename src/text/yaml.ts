/**
 * Reads YAML 1.2 (core schema) with merge keys. The package `yaml` turns text
 * into nodes; what scalars mean, aliases, merges, duplicate keys and limits are
 * settled in one walk over the nodes.
 */
import type { YAMLError } from "yaml";
import { emptyInput, invalidString, limitExceeded, syntaxError, tagMismatch, unknownForm, type Finding, type Report } from "../diagnostics.js";
import type { Document } from "../document.js";
import type { Limits } from "../options.js";
import { formTags } from "./form-tags.js";
import { unholdable, visible } from "./scalars.js";
import { firstLine } from "./spans.js";
import { Locator } from "./yaml-locator.js";
import { isBlank, readDocuments, Scalar, YAMLMap, YAMLSeq, type Node, type Token } from "./yaml-nodes.js";
import { readInPieces, usualPieces, type PieceSize } from "./yaml-pieces.js";
import { isStructural, yamlProblem } from "./yaml-problems.js";
import { Walk, type Reading } from "./yaml-walk.js";

/** Reads one YAML document and reports what is wrong with it; `undefined` after an error. */
export function parseYaml(text: string, document: number, limits: Limits, report: Report, pieces: PieceSize = usualPieces): Document | undefined {
  const unprintable = unprintableIn(text, document);
  if (unprintable !== undefined) {
    report(unprintable);
    return undefined;
  }
  const reading = text.length < pieces.text ? undefined : readInPieces(text, limits, pieces);
  if (reading === undefined) return readWhole(text, document, limits, report);
  return withPlaces(reading, text, (locator) => readInPieces(text, limits, pieces, locator));
}

/** Reports the first character that YAML does not allow; there may be as many as characters. */
function unprintableIn(text: string, document: number): Finding | undefined {
  const match = /[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/u.exec(text);
  if (match === null) return undefined;
  const place = { document, start: match.index, end: match.index + 1 };
  const problem = unholdable(match[0]);
  if (problem !== undefined) return invalidString(place, problem);
  return syntaxError(place, "controlCharacter", visible(text, match.index));
}

function readWhole(text: string, document: number, limits: Limits, report: Report): Document | undefined {
  let hasErrors = false;
  const reportError: Report = (finding) => {
    hasErrors = true;
    report(finding);
  };
  const root = compose(text, document, limits, reportError);
  if (root === undefined) return undefined;
  const read = (report: Report, locator?: Locator) => new Walk(text, document, limits, report, locator).read(root);
  const reading = read(reportError);
  return hasErrors ? undefined : withPlaces(reading, text, (locator) => read(() => {}, locator));
}

/** Adds where things stand; few texts are asked, and they are read once more. */
function withPlaces(reading: Reading, text: string, readAgain: (locator: Locator) => void): Document {
  let locator: Locator | undefined;
  const locate: Document["locate"] = (path, isKey) => {
    if (locator === undefined) readAgain((locator = new Locator(text)));
    return locator.locate(path, isKey);
  };
  return { ...reading, locate };
}

/** Answers the root node of the only document, or reports why there is none. */
function compose(text: string, document: number, limits: Limits, report: Report): Node | undefined {
  let tooDeep: Token | undefined;
  const isShallow = (unfinished: readonly Token[]) => {
    // The parser does not recurse, the composer does: it gets the tree only when the document ends.
    tooDeep = unfinished.length > limits.depth ? unfinished.filter(isCollection)[limits.depth] : undefined;
    return tooDeep === undefined;
  };
  const documents = readDocuments(text, isShallow);
  if (documents === undefined) {
    report(tooDeep === undefined ? syntaxError({ document, start: 0, end: 0 }, "cannotRead") : limitExceeded({ document, start: tooDeep.offset, end: tooDeep.offset + 1 }, "depth", limits.depth));
    return undefined;
  }

  const roots = documents.map(({ contents }) => contents as Node | null);
  const errors = documents.flatMap(({ errors }) => errors);
  const tagErrors = documents.flatMap(({ warnings }) => warnings.filter(({ code }) => code === "TAG_RESOLVE_FAILED"));
  const findings = [...syntaxFindings(errors, roots, text, document), ...tagErrors.map(({ pos }) => tagFinding(pos, text, document))];
  if (documents.length > 1) {
    const start = documents[1]!.range[0];
    findings.push(syntaxError({ document, start, end: Math.min(start + 3, text.length) }, "multipleDocuments"));
  }
  const root = roots[0]!;
  if (findings.length === 0 && (root === null || isBlank(root))) findings.push(emptyInput({ document, start: 0, end: 0 }));
  findings.forEach(report);
  return findings.length === 0 ? root! : undefined;
}

function isCollection({ type }: Token): boolean {
  return type === "block-map" || type === "block-seq" || type === "flow-collection";
}

function syntaxFindings(errors: readonly YAMLError[], roots: readonly (Node | null)[], text: string, document: number): Finding[] {
  if (errors.length === 0) return [];
  const ends: NodesByEnd = { unclosed: new Map(), quoteMissing: new Map() };
  for (const root of roots) collectEnds(root, text, ends);

  const problems = errors.map(({ code, message, pos }) => {
    const start = firstTokenFrom(text, pos[0], code === "TAB_AS_INDENT");
    const problem = yamlProblem(code, message, text.slice(start, start + 3), text.charAt(start - 1));
    const opener = problem === "unclosed" || problem === "quoteMissing" ? ends[problem].get(pos[0])?.range?.[0] : undefined;
    if (opener !== undefined) return { problem, at: start, start: opener, end: opener + 1 };
    const end = Math.min(Math.max(pos[1], start + (problem === "badEscape" ? 2 : 1)), text.length);
    return { problem, at: start, ...firstLine(text, { start, end }) };
  });
  const tellingLast = ["keyMultiline", "unclosed", "quoteMissing"];
  problems.sort((a, b) => a.at - b.at || tellingLast.indexOf(b.problem) - tellingLast.indexOf(a.problem));

  // What is wrong with the structure at one place makes the rest of the line look wrong too.
  let brokenUpTo = -1;
  const findings: Finding[] = [];
  for (const { problem, at, start, end } of problems) {
    if (isStructural(problem)) {
      if (at <= brokenUpTo) continue;
      const lineEnd = text.indexOf("\n", at);
      brokenUpTo = lineEnd < 0 ? text.length : lineEnd;
    }
    findings.push(syntaxError({ document, start, end }, problem, text.slice(start, end)));
  }
  return findings;
}

/** Maps and lists in brackets, and strings in quotes, by where they end; of several the innermost. */
interface NodesByEnd {
  readonly unclosed: Map<number, Node>;
  readonly quoteMissing: Map<number, Node>;
}

function collectEnds(node: Node | null, text: string, ends: NodesByEnd): void {
  if (node instanceof Scalar && node.type !== "PLAIN") setFirst(ends.quoteMissing, node.range![1], node);
  if (node instanceof YAMLSeq) for (const item of node.items) collectEnds(item, text, ends);
  if (node instanceof YAMLMap) {
    for (const { key, value } of node.items) {
      collectEnds(key, text, ends);
      collectEnds(value, text, ends);
    }
  }
  if ((node instanceof YAMLSeq || node instanceof YAMLMap) && /[[{]/.test(text.charAt(node.range![0]))) setFirst(ends.unclosed, node.range![1], node);
}

function setFirst<K, V>(map: Map<K, V>, key: K, value: V): void {
  if (!map.has(key)) map.set(key, value);
}

/** The package reports many an error where the previous token ends. */
function firstTokenFrom(text: string, offset: number, isSpaceMeant: boolean): number {
  if (isSpaceMeant) return offset;
  const space = /(?:\s+(?:#[^\n]*)?)*/y;
  space.lastIndex = offset;
  space.exec(text);
  return space.lastIndex < text.length ? space.lastIndex : Math.min(offset, text.length);
}

function tagFinding([start, end]: [number, number], text: string, document: number): Finding {
  const tag = text.slice(start, end);
  const place = { document, start, end };
  return /^!!(?:str|int|float|bool|null|map|seq)$/.test(tag) ? tagMismatch(place, tag) : unknownForm(place, tag, formTags);
}

