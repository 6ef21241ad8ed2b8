import { type Data, isDataMap } from "../model/data.js";

/** UTF-16 units of repeated text that count as much as one value. */
const unitsPerValue = 16;

/** Counts the text that aliases repeat, which may be far longer than the source. */
export class RepeatedText {
  private readonly known = new Map<object, number>();

  /** As how many values the texts and keys in this one count, itself not included. */
  weigh(value: Data): number {
    return Math.floor(this.unitsIn(value) / unitsPerValue);
  }

  private unitsIn(value: Data): number {
    if (typeof value === "string") {
      return value.length;
    }
    if (!isDataMap(value) && !Array.isArray(value)) {
      return 0;
    }
    const known = this.known.get(value);
    if (known !== undefined) {
      return known;
    }
    let units = 0;
    if (isDataMap(value)) {
      for (const key of Object.keys(value)) {
        units += key.length + this.unitsIn(value[key]!);
      }
    } else {
      for (const item of value as readonly Data[]) {
        units += this.unitsIn(item);
      }
    }
    this.known.set(value, units);
    return units;
  }
}
