import { describeForm } from "../../model/form-words.js";
import type { SourceFormat } from "../../model/source.js";
import { formKeys } from "../../model/special-forms.js";
import type { CursorPlace } from "../../text/cursor-place.js";
import type { Offer } from "./offer.js";

/** Special forms: tags in YAML, and in JSON keys. */
export function formOffers(format: SourceFormat, place: CursorPlace): readonly Offer[] {
  // A YAML node has one tag, and a form in JSON is a map with one key.
  const isTaken =
    format === "yaml"
      ? formKeys.includes(String(place.path.at(-1)))
      : place.wants === "key" && place.siblings.length > 0;
  if (isTaken) {
    return [];
  }
  return formKeys.map((key, index): Offer => {
    const tag = `!${key.slice(1)}`;
    const about = { kind: "form", rank: 800 + index, describe: () => describeForm(key.slice(1)) };
    return format === "yaml"
      ? { ...about, kind: "form", label: tag, as: "value", text: `${tag} ` }
      : { ...about, kind: "form", label: key, as: "key", shape: "scalar" };
  });
}
