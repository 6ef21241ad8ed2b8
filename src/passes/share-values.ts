import { Budget } from "../diagnostics/budget.js";
import type { Report } from "../diagnostics/diagnostic.js";
import { sourceConflict, unknownValue, valueCycle } from "../diagnostics/meaning-messages.js";
import { limitExceeded } from "../diagnostics/output-messages.js";
import { Ration } from "../diagnostics/suggest.js";
import { inline } from "../diagnostics/words.js";
import { type Data, isDataMap } from "../model/data.js";
import { fingerprint } from "../model/fingerprint.js";
import type { WrittenInventory } from "../model/inventory.js";
import { getOrInsertComputed, mapValues } from "../model/maps.js";
import type { Limits } from "../model/options.js";
import { orderByNeed } from "../model/order-by-need.js";
import type { Located, Origin } from "../model/origin.js";
import { weightOf } from "../model/repeated-text.js";
import { formOf } from "../model/special-forms.js";
import { Unreadable, type Value } from "../model/value.js";
import type { FormContext, ReadData, SharedValues } from "./read-forms/form-context.js";

/** One source, and what its forms depend on. */
export interface SharingSource {
  readonly written: WrittenInventory;
  readonly forms: Omit<FormContext, "report" | "shared">;
}

/**
 * The values under `values` of all sources, for `!value` in any of them. Names that several sources
 * define differently are reported, and so are cycles.
 */
export function shareValues(
  sources: readonly SharingSource[],
  limits: Pick<Limits, "values" | "depth">,
  report: Report,
): SharedValues & { readUnused(read: ReadData): void } {
  const named = unite(sources, report);
  const needs = mapValues(named, ({ value }) => needsOf(value));
  const { order, cycles } = orderByNeed(
    mapValues(needs, ({ uses }) => uses.map(({ name }) => name)),
  );
  for (const [first, ...others] of cycles) {
    const placeOf = (name: string) => named.get(name)!.origin;
    report(
      valueCycle(
        placeOf(first!),
        [first!, ...others],
        others.map((name) => ({ name, place: placeOf(name) })),
      ),
    );
  }
  const measures = new Map<string, Measure>();
  for (const name of order) {
    measures.set(name, measured(needs.get(name)!, measures));
  }
  return new Shared(named, measures, limits, report);
}

interface NamedValue extends Located<Data> {
  readonly forms: SharingSource["forms"];
}

/** By name; of several definitions the first. Scalars may be equal, as in the rest of an inventory. */
function unite(sources: readonly SharingSource[], report: Report): ReadonlyMap<string, NamedValue> {
  const named = new Map<string, NamedValue>();
  for (const { written, forms } of sources) {
    for (const [name, { value, origin }] of written.values) {
      const first = getOrInsertComputed(named, name, () => ({ value, origin, forms }));
      const isSame =
        first.origin === origin ||
        (!isHolder(value) && fingerprint(value) === fingerprint(first.value));
      if (!isSame) {
        report(
          sourceConflict(
            origin,
            first.origin,
            `values.${name}`,
            inline(value),
            inline(first.value),
          ),
        );
      }
    }
  }
  return named;
}

/** What a value takes by itself, and where it uses others. */
interface Needs extends Measure {
  readonly uses: readonly { readonly name: string; readonly depth: number }[];
}

interface Measure {
  /** How many values it holds, its long texts counted as those that aliases repeat. */
  readonly size: number;
  /** How deep they nest. */
  readonly depth: number;
}

function needsOf(data: Data): Needs {
  const uses: { name: string; depth: number }[] = [];
  let size = 0;
  let deepest = 0;
  const visit = (part: Data, depth: number): void => {
    size++;
    deepest = Math.max(deepest, depth);
    const name = isDataMap(part) ? usedName(part) : undefined;
    if (name !== undefined) {
      uses.push({ name, depth });
    } else if (typeof part === "string") {
      size += weightOf(part);
    } else if (Array.isArray(part)) {
      for (const item of part as readonly Data[]) {
        visit(item, depth + 1);
      }
    } else if (isDataMap(part)) {
      for (const key of Object.keys(part)) {
        size += weightOf(key);
        visit(part[key]!, depth + 1);
      }
    }
  };
  visit(data, 0);
  return { uses, size, depth: deepest };
}

function usedName(data: Data): string | undefined {
  const form = isDataMap(data) ? formOf(data) : undefined;
  return form?.name === "value" && typeof form.argument === "string" ? form.argument : undefined;
}

function isHolder(data: Data): boolean {
  return Array.isArray(data) || isDataMap(data);
}

/** With the values that it uses, which are measured before. */
function measured(needs: Needs, known: ReadonlyMap<string, Measure>): Measure {
  return needs.uses.reduce<Measure>(({ size, depth }, use) => {
    const inner = known.get(use.name) ?? { size: 0, depth: 0 };
    // A value that is nothing but another one counts, because reading it takes a step.
    return { size: size + inner.size, depth: Math.max(depth, use.depth + 1 + inner.depth) };
  }, needs);
}

class Shared implements SharedValues {
  private readonly budget: Budget;
  private readonly known = new Map<string, Map<ReadData, Value>>();
  /** The names to suggest. */
  private readonly near: Iterable<string>;

  constructor(
    private readonly named: ReadonlyMap<string, NamedValue>,
    /** Of all but those on a cycle. */
    private readonly measures: ReadonlyMap<string, Measure>,
    private readonly limits: Pick<Limits, "values" | "depth">,
    private readonly report: Report,
  ) {
    this.budget = new Budget("values", limits.values, report);
    this.near = new Ration().of(named.keys());
  }

  read(name: string, origin: Origin, { report, within }: FormContext, read: ReadData): Value {
    const measure = this.measures.get(name);
    if (measure === undefined) {
      if (!this.named.has(name)) {
        report(unknownValue(origin, name, this.near));
      }
      return new Unreadable(origin);
    }
    // What a value uses is a part of its own measure.
    return within !== undefined || this.hasRoom(measure, origin, report)
      ? this.readOnce(name, read, within ?? "used")
      : new Unreadable(origin);
  }

  /** Finds the mistakes in values that nothing uses, as far as they are not too many to read. */
  readUnused(read: ReadData): void {
    let left = this.limits.values;
    for (const [name, { size, depth }] of this.measures) {
      const isSmall = size <= left && depth <= this.limits.depth;
      if (isSmall && !this.known.has(name)) {
        left -= size;
        this.readOnce(name, read, "unused");
      }
    }
  }

  private hasRoom({ size, depth }: Measure, origin: Origin, report: Report): boolean {
    if (origin.path.length + depth > this.limits.depth) {
      report(limitExceeded(origin, "depth", this.limits.depth));
      return false;
    }
    return this.budget.spend(size, { origin });
  }

  private readOnce(name: string, read: ReadData, within: "used" | "unused"): Value {
    const ways = getOrInsertComputed(this.known, name, () => new Map<ReadData, Value>());
    return getOrInsertComputed(ways, read, () => {
      const { value, origin, forms } = this.named.get(name)!;
      return read(value, origin, { ...forms, report: this.report, shared: this, within });
    });
  }
}
