import { type Data, isDataMap } from "../model/data.js";
import { Origin, type Path } from "../model/origin.js";
import type { Source } from "../model/source.js";
import { formOf } from "../model/special-forms.js";
import { type Documents } from "./locate.js";

/**
 * Finds where values are written that a setting takes from elsewhere: from `values`, or from a part
 * of a concatenation.
 */
export class Tracer {
  /** Where each value under `values` is, with its data. */
  private readonly values = new Map<string, Written>();
  /** Texts that may have a form that leads elsewhere. */
  private readonly leading = new Set<Source>();

  constructor(private readonly documents: Documents) {
    for (const [source, document] of documents) {
      // A key may be written with escapes.
      if (/value|concat|\\[ux]/.test(source.text)) {
        this.leading.add(source);
      }
      const values = isDataMap(document?.value) ? document.value["values"] : undefined;
      for (const [name, data] of Object.entries(isDataMap(values) ? values : {})) {
        if (!this.values.has(name)) {
          this.values.set(name, { data, origin: Origin.root(source).at("values").at(name) });
        }
      }
    }
  }

  /** The place of a value, and those that it leads to; the last one is where it is written. */
  trace(origin: Origin): readonly Origin[] {
    const places = [origin];
    for (let at = this.follow(origin); at !== undefined && places.length < maxSteps; ) {
      places.push(at);
      at = this.follow(at);
    }
    return places;
  }

  /** The parts of a concatenation at a place; none of anything else. */
  partsAt(origin: Origin): readonly Origin[] {
    const { data, origin: at } = this.writtenAt(origin);
    const form = formIn(data);
    return form?.name === "concat" && Array.isArray(form.argument)
      ? form.argument.map((_: Data, index) => at.at("$concat").at(index))
      : [];
  }

  /** The name of the value that is used at a place itself. */
  nameAt(origin: Origin): string | undefined {
    return usedName(formIn(this.dataAt(origin)));
  }

  /** What is at a place in the end. */
  writtenAt(origin: Origin): Written {
    const at = this.trace(origin).at(-1)!;
    return { data: this.dataAt(at), origin: at };
  }

  private dataAt({ source, path }: Origin): Data {
    let data = this.documents.get(source)?.value ?? null;
    for (const key of path) {
      data = inside(data, key) ?? null;
    }
    return data;
  }

  /** One step: through the first form on the way that another value takes the place of. */
  private follow(origin: Origin): Origin | undefined {
    const { source } = origin;
    if (!this.leading.has(source)) {
      return undefined;
    }
    const { path, isKey } = origin;
    let data: Data | undefined = this.documents.get(source)?.value;
    for (let index = 0; index <= path.length - (isKey ? 1 : 0) && data !== undefined; index++) {
      const key = path[index];
      const target = this.targetOf(data, key);
      if (target !== undefined) {
        const { start = Origin.root(source).to(path.slice(0, index)), steps = [] } = target;
        const found = start.to(steps).to(path.slice(steps.length > 0 ? index + 1 : index));
        return isKey ? found.asKey() : found;
      }
      data = key === undefined ? undefined : inside(data, key);
    }
    return undefined;
  }

  /** Where a form leads that is not entered itself. */
  private targetOf(data: Data, key: string | number | undefined): Target | undefined {
    const form = formIn(data);
    const name = key === "$value" ? undefined : usedName(form);
    if (name !== undefined) {
      const value = this.values.get(name);
      return value && { start: value.origin };
    }
    if (form?.name !== "concat" || typeof key !== "number" || !Array.isArray(form.argument)) {
      return undefined;
    }
    let before = 0;
    for (const [index, part] of form.argument.entries()) {
      const length = this.lengthOf(part as Data, 0);
      if (key < before + length) {
        return { steps: ["$concat", index, key - before] };
      }
      before += length;
    }
    return undefined;
  }

  /** How many items a part of a concatenation has. */
  private lengthOf(part: Data, depth: number): number {
    if (Array.isArray(part)) {
      return part.length;
    }
    const form = isDataMap(part) && depth < maxSteps ? formOf(part) : undefined;
    if (form?.name === "value") {
      return this.lengthOf(this.values.get(String(form.argument))?.data ?? null, depth + 1);
    }
    return form?.name === "concat" && Array.isArray(form.argument)
      ? form.argument.reduce<number>((sum, inner: Data) => sum + this.lengthOf(inner, depth + 1), 0)
      : 0;
  }
}

/** Forms do not lead further than an inventory may be deep, except in a circle. */
const maxSteps = 200;

interface Target {
  /** Absent where it is within the form. */
  readonly start?: Origin;
  /** What takes the place of the next key. */
  readonly steps?: Path;
}

interface Written {
  readonly data: Data;
  readonly origin: Origin;
}

function formIn(data: Data): ReturnType<typeof formOf> {
  return isDataMap(data) ? formOf(data) : undefined;
}

/** The name of the value that a form uses. */
function usedName(form: ReturnType<typeof formOf>): string | undefined {
  return form?.name === "value" && typeof form.argument === "string" ? form.argument : undefined;
}

function inside(data: Data, key: Path[number]): Data | undefined {
  return (Array.isArray(data) || isDataMap(data)) && Object.hasOwn(data, key)
    ? (data as { readonly [key: string | number]: Data })[key]
    : undefined;
}
