import type { Limits } from "../src/model/options.js";

/** Deeper nesting than this would fill the stack of some host, and leave a dead instance. */
const deepest = 64;

/** The limits that are given, as far as the stack of any host can bear them. */
export function boundedLimits(
  limits: {
    readonly [Name in keyof Limits]?: number | null | undefined;
  },
): Partial<Limits> {
  const given = Object.entries(limits).filter(([, limit]) => typeof limit === "number");
  return Object.fromEntries(
    given.map(([name, limit]) => [name, name === "depth" ? Math.min(limit!, deepest) : limit]),
  );
}
