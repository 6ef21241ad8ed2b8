import type { Report } from "../../diagnostics/diagnostic.js";
import { lostForm, notAMap, reservedSetting } from "../../diagnostics/form-messages.js";
import type { Data } from "../../model/data.js";
import type { Definition } from "../../model/inventory.js";
import type { Origin } from "../../model/origin.js";
import { nameOfProperty } from "../../model/special-forms.js";
import {
  copyMap,
  If,
  isMap,
  isProperty,
  isSpecial,
  Merge,
  Override,
  Unreadable,
  type Value,
} from "../../model/value.js";
import type { FormContext } from "./form-context.js";
import { pushPriority } from "./nesting.js";
import { toValue } from "./to-value.js";

/**
 * What one `settings` map defines: usually one map. The long form (`config` alone) becomes the
 * short one, properties around it are taken off.
 */
export function toDefinitions(
  data: Data,
  origin: Origin,
  context: FormContext,
): readonly Definition[] {
  const { report } = context;
  const settings = toValue(data, origin, context);
  return wholeSettings(settings, origin, report).flatMap((definition) => {
    const { value } = definition;
    const isLong = Object.hasOwn(value, "config");
    if (isLong && Object.keys(value).length > 1) {
      report(reservedSetting(definition.origin.keyAt("config"), "config"));
    }
    const short = isLong
      ? pushDown(value["config"]!, definition.origin.at("config"), report)
      : [definition];
    return short.map((part) => withoutReserved(part, isLong, report));
  });
}

/**
 * A map, also behind `if`s. Clan's option `settings` takes other properties off and forgets them.
 */
function wholeSettings(value: Value, origin: Origin, report: Report): readonly Definition[] {
  if (value === null || value instanceof Unreadable) {
    return [];
  }
  if (isMap(value)) {
    return [{ value, origin }];
  }
  if (value instanceof If) {
    return value.condition ? wholeSettings(value.content, value.origin, report) : [];
  }
  report(
    isProperty(value) ? lostForm(origin, nameOfProperty(value)) : notAMap(origin, isSpecial(value)),
  );
  return [];
}

/** The maps in a `config`. The module system pushes properties around it down to the values. */
function pushDown(value: Value, origin: Origin, report: Report): readonly Definition[] {
  if (value instanceof Merge) {
    return value.contents.flatMap((content, index) =>
      pushDown(content, value.origin.at(index), report),
    );
  }
  if (value instanceof If) {
    // Also what a false condition drops must be a map.
    const parts = pushDown(value.content, value.origin, report);
    return value.condition ? parts : [];
  }
  if (value instanceof Override && isMap(value.content)) {
    return [{ value: pushPriority(value, report), origin: value.origin }];
  }
  if (value === null) {
    report(notAMap(origin, false));
    return [];
  }
  return wholeSettings(value, origin, report);
}

/** In the long form only the module system's own option cannot be a setting. */
function withoutReserved(definition: Definition, isLong: boolean, report: Report): Definition {
  const { value, origin } = definition;
  const reserved = (isLong ? ["_module"] : ["_module", "imports", "options"]).filter((key) =>
    Object.hasOwn(value, key),
  );
  if (reserved.length === 0) {
    return definition;
  }
  for (const key of reserved) {
    report(reservedSetting(origin.keyAt(key), key));
  }
  const kept = copyMap(value);
  for (const key of reserved) {
    delete kept[key];
  }
  return { value: kept, origin };
}
