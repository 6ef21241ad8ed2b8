import { Origin } from "../model/origin.js";
import type { Finding } from "./diagnostic.js";
import type { Documents } from "./locate.js";
import { Tracer } from "./tracer.js";

/**
 * Findings about values that are written elsewhere, at the places where they are written, with those
 * where they are used. What several uses have in common is one finding.
 */
export function traceFindings(
  findings: readonly Finding[],
  documents: Documents,
): readonly Finding[] {
  const tracer = new Tracer(documents);
  const known = new Set<string>();
  return findings.flatMap((finding) => {
    const { code, message, place, related } = finding;
    const places = place instanceof Origin ? tracer.trace(place) : [];
    const written = places.at(-1);
    if (written === undefined || places.length === 1 || ofPlaces.has(code)) {
      return [finding];
    }
    const key = `${code} ${written.address} ${message}`;
    if (known.has(key)) {
      return [];
    }
    known.add(key);
    const { fixes: _, ...traced } = finding;
    return [
      { ...traced, place: written, related: [...related, { message: "used here", place: place }] },
    ];
  });
}

/** What is between the places where values are used, or defined. */
const ofPlaces: ReadonlySet<Finding["code"]> = new Set([
  "settings-conflict",
  "source-conflict",
  "value-cycle",
]);
