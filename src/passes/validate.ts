import type { Report } from "../diagnostics/diagnostic.js";
import { findShapeErrors, type ShapeError } from "../generated/validator.js";
import type { Data } from "../model/data.js";
import type { Content } from "../model/document.js";
import type { Origin, Path } from "../model/origin.js";
import { isWithin, leaveOut, lostPart, type Wrong, without } from "./validate/leave-out.js";
import { entriesWithoutHeader, sectionsInValues } from "./validate/lost-headers.js";
import { Levels } from "./validate/misplaced.js";
import type { Misplaced } from "./validate/misplaced-entry.js";
import { misplacedFindings } from "./validate/misplaced-findings.js";
import { type KnownNames, knownNames } from "./validate/reshape.js";
import { shapeFinding } from "./validate/shape-finding.js";
import { findSpot, type Spot } from "./validate/shape-spot.js";

/**
 * Checks that a document has the shape of an inventory. Everything that is wrong is reported, and
 * missing in the data that is returned.
 */
export function validate({ value: data, unread }: Content, root: Origin, report: Report): Data {
  const wrong: Wrong = new Map();
  for (const path of unread) {
    const lost = lostPart(data, path);
    if (lost?.length === 0) {
      return {};
    }
    if (lost !== undefined) {
      leaveOut(wrong, lost, false);
    }
  }
  const incomplete = new Set(unread.map((path) => JSON.stringify(path)));
  // Misplaced forms first: what is inside one is not checked any further.
  const errors = [...findShapeErrors(data)].sort(
    (a, b) => Number(b.keyword === "propertyNames") - Number(a.keyword === "propertyNames"),
  );
  const levels = new Levels(data);
  let known: KnownNames | undefined;
  const names = () => (known ??= knownNames(data));
  const lost = errors.length > 0 ? entriesWithoutHeader(data) : [];
  const misplaced: Misplaced[] = [...lost, ...sectionsInValues(data)];
  for (const { from } of misplaced) {
    leaveOut(wrong, from, true);
  }
  for (const error of errors) {
    const spot = findSpot(data, root, error.instancePath);
    if (isWithin(wrong, pathOf(error, spot))) {
      continue;
    }
    const entry = levels.find(error, spot);
    if (entry !== undefined) {
      if (!isWithin(wrong, entry.from)) {
        leaveOut(wrong, entry.from, true);
        for (const path of entry.followers ?? []) {
          leaveOut(wrong, path, true);
        }
        misplaced.push(entry);
      }
      continue;
    }
    const finding = shapeFinding(error, spot, names);
    const mayBeUnread = error.keyword === "minProperties" && incomplete.size > 0;
    if (
      finding === undefined ||
      (mayBeUnread && incomplete.has(JSON.stringify(spot.origin.path)))
    ) {
      continue;
    }
    report(finding);
    const { path, isKey } = finding.place as Origin;
    if (path.length === 0) {
      return {};
    }
    leaveOut(wrong, path, isKey);
  }
  for (const finding of misplacedFindings(misplaced, root, data)) {
    report(finding);
  }
  return wrong.size === 0 ? data : without(data, wrong);
}

/** The path of the value at fault, or of the entry that is not allowed. */
function pathOf(error: ShapeError, { origin }: Spot): Path {
  return error.keyword === "additionalProperties"
    ? [...origin.path, error.params.additionalProperty]
    : origin.path;
}
