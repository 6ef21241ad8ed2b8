import type { Data } from "../../model/data.js";
import type { Accepted } from "../../model/setting-schema.js";
import { Float } from "../../model/value.js";
import type { Offer } from "./offer.js";

/** The scalars that something accepts by name, and its default. */
export function valueOffers(
  { types, values }: Pick<Accepted, "types" | "values">,
  byDefault?: Data,
): readonly Offer[] {
  const booleans = types.includes("boolean") && types.length < 6 ? [true, false] : [];
  const known = [...(byDefault === undefined ? [] : [byDefault]), ...values, ...booleans];
  return known.flatMap((value, index): readonly Offer[] => {
    const text = textOf(value);
    return text === undefined
      ? []
      : [
          {
            label: text,
            kind: "value",
            as: "value",
            rank: 200 + index,
            ...(typeof value !== "string" && { text }),
            ...(value === byDefault && { detail: "default" }),
          },
        ];
  });
}

/** Of a scalar; null says nothing that an empty value does not. */
function textOf(value: Data): string | undefined {
  if (typeof value === "string") {
    return value === "" ? undefined : value;
  }
  if (value instanceof Float) {
    return value.value.toFixed(1);
  }
  return typeof value === "object" ? undefined : String(value);
}
