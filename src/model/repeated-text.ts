import { type Data, isDataMap } from "./data.js";

/** Each so many UTF-16 units of a repeated text count as much as one value. */
const unitsPerValue = 16;

/** Counts the text that aliases repeat, which may be far longer than the source. */
export class RepeatedText {
  private readonly known = new Map<object, number>();

  /** As how many values the long texts and keys in this one count. */
  weigh(value: Data): number {
    if (typeof value === "string") {
      return weightOf(value);
    }
    if (!isDataMap(value) && !Array.isArray(value)) {
      return 0;
    }
    const known = this.known.get(value);
    if (known !== undefined) {
      return known;
    }
    let weight = 0;
    if (isDataMap(value)) {
      for (const key of Object.keys(value)) {
        weight += weightOf(key) + this.weigh(value[key]!);
      }
    } else {
      for (const item of value as readonly Data[]) {
        weight += this.weigh(item);
      }
    }
    this.known.set(value, weight);
    return weight;
  }
}

/** As how many values more a text counts that is repeated. */
export function weightOf(text: string): number {
  return Math.floor(text.length / unitsPerValue);
}
