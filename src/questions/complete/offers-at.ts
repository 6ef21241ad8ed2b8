import { shapeAt, shapeKeysAt } from "../../catalogue/shape-at.js";
import type { Path } from "../../model/origin.js";
import type { SourceFormat } from "../../model/source.js";
import { formKeys } from "../../model/special-forms.js";
import type { CursorPlace } from "../../text/cursor-place.js";
import { formOffers } from "./form-offers.js";
import { nameOffers } from "./name-offers.js";
import { type Offer, shapeOf } from "./offer.js";
import { pathOffers } from "./path-offers.js";
import { settingOffers, settingPlace } from "./setting-offers.js";
import type { Surroundings } from "./surroundings.js";
import { valueOffers } from "./value-offers.js";

/** Everything that may be written at a place and is not there yet. */
export function offersAt(
  place: CursorPlace,
  format: SourceFormat,
  surroundings: Surroundings,
): readonly Offer[] {
  const path = withoutForms(place.path);
  const mayHaveForms = isFree(path);
  if (mayHaveForms && place.typed.startsWith("!") && format === "yaml") {
    return formOffers(format, place);
  }
  const setting = settingPlace(path);
  const offers = [
    ...nameOffers(path, surroundings),
    ...shapeOffers(path),
    ...(setting === undefined ? [] : settingOffers(setting, surroundings)),
    ...(isModule(path) ? [importsOffer] : []),
    ...(mayHaveForms ? pathOffers(place, surroundings) : []),
    ...(place.path.at(-1) === "$value" ? sharedValueOffers(surroundings) : []),
    ...(mayHaveForms ? formOffers(format, place) : []),
  ];
  const siblings = new Set(place.siblings);
  return offers.filter((offer) => fits(offer, place) && !siblings.has(offer.label));
}

/** Whether a place has room for what the offer becomes. */
function fits({ as }: Offer, { wants, path, hasColon }: CursorPlace): boolean {
  switch (as) {
    case "key":
      return wants !== "value" || typeof path.at(-1) === "string";
    case "item":
      return wants !== "key";
    case "value":
      return wants !== "key" && !hasColon;
  }
}

/** Whether a module of a role is there. */
function isModule(path: Path): boolean {
  const last = path.at(-1);
  return typeof last === "number" && (path.at(-2) === "extraModules" || path.at(-2) === "imports");
}

const importsOffer: Offer = {
  label: "imports",
  kind: "key",
  as: "key",
  shape: "list",
  rank: 100,
  detail: "list",
  describe: () => "Other modules that an inline module brings: paths, references, or maps again.",
};

/** The values that all sources share. */
function sharedValueOffers(surroundings: Surroundings): readonly Offer[] {
  return surroundings
    .sharedValues()
    .map((label, rank): Offer => ({ label, kind: "value", as: "value", rank }));
}

/** Keys and values of the fixed shape. */
function shapeOffers(path: Path): readonly Offer[] {
  const keys = [...shapeKeysAt(path)].map(
    ([name, { types, summary, text }], index): Offer => ({
      label: name,
      kind: "key",
      as: "key",
      shape: isRole(path) && types.includes("array") ? listShape(types) : shapeOf(types),
      // What only editors read comes last.
      rank: name.startsWith("$") ? 900 : 100 + index,
      detail: summary,
      describe: () => text,
    }),
  );
  const values = shapeAt(path);
  return [...keys, ...(values === undefined ? [] : valueOffers(values))];
}

/** Members of a role are rather listed than mapped. */
function listShape(types: readonly string[]): Offer["shape"] {
  return types.includes("object") ? "listOrMap" : "list";
}

function isRole(path: Path): boolean {
  return path.length === 4 && path[0] === "instances" && path[2] === "roles";
}

/** Whether special forms may be there: in settings, and among the modules of a role. */
function isFree(path: Path): boolean {
  const isInRole = path.includes("settings", 4) || path[4] === "extraModules";
  return (path[0] === "instances" && isInRole) || (path[0] === "values" && path.length > 1);
}

/** Where a value would be without the special forms around it. */
function withoutForms(path: Path): Path {
  return path.filter((step, at) => {
    const form = path[at - 1]!;
    const isArgument = (step === 1 && pairs.has(form)) || (at > 4 && form === "$concat");
    return !isArgument && !(at > 3 && formKeys.includes(String(step)));
  });
}

/** Forms whose value is the second item of a list. */
const pairs: ReadonlySet<string | number> = new Set(["$mkOverride", "$mkOrder"]);
