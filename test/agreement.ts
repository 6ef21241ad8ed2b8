import { type Data, isDataMap } from "../src/model/data.js";
import type { Content } from "../src/model/document.js";
import { completeOptions } from "../src/model/options.js";
import type { Path } from "../src/model/origin.js";
import { Float, isList } from "../src/model/value.js";
import { readWithPackage } from "../src/text/yaml/yaml-package.js";
import { readYaml } from "../src/text/yaml/yaml-reader.js";
import type { YamlReading } from "../src/text/yaml/yaml-reading.js";
import { unprintableIn } from "../src/text/yaml.js";

const { limits } = completeOptions({});

/** What two ways of reading a text say of it, to be compared. */
export interface Agreement {
  readonly fast: unknown;
  readonly slow: unknown;
}

/** `undefined` where the fast reader leaves a text to the package. */
export function agreement(text: string, some = limits): Agreement | undefined {
  const source = { name: "a.yaml", text };
  const fast = readYaml(source, some);
  return "offset" in fast || unprintableIn(source) !== undefined
    ? undefined
    : { fast: outcome(fast), slow: outcome(readWithPackage(source, some)) };
}

/** Everything that callers see: the values, the findings, and where each key and value is. */
function outcome({ findings, said }: YamlReading): unknown {
  return {
    findings,
    ambiguous: said?.ambiguous,
    unread: said?.unread,
    value: said && exact(said.value),
    places: said && [...placesIn(said)],
  };
}

/** Maps as lists, to see their order; numbers as text, to see their kind. */
function exact(value: Data): unknown {
  if (value instanceof Float) {
    return { float: String(value.value) };
  }
  if (isList(value)) {
    return value.map(exact);
  }
  if (isDataMap(value)) {
    return { map: Object.keys(value).map((key) => [key, exact(value[key]!)]) };
  }
  return typeof value === "bigint" || Object.is(value, -0) ? { number: `${value}` } : value;
}

/** Few of a large text: where aliases are, there may be very many. */
function* placesIn({ value, locate }: Content): Generator<string> {
  let left = 3000;
  function* placesAt(value: Data, path: Path): Generator<string> {
    if (left-- <= 0) {
      return;
    }
    for (const isKey of [false, true]) {
      for (const asked of [path, [...path, "nothing"]]) {
        const { start, end } = locate(asked, isKey);
        yield `${asked.join(".")} ${isKey} ${start}-${end}`;
      }
    }
    if (isList(value)) {
      for (const [index, item] of value.entries()) yield* placesAt(item, [...path, index]);
    } else if (isDataMap(value)) {
      for (const key of Object.keys(value)) yield* placesAt(value[key]!, [...path, key]);
    }
  }
  yield* placesAt(value, []);
}
