/**
 * A mistake may bring others with it: an inventory whose `tags` are misspelt
 * seems to lack them. What a mistake leaves open is a gap, and what a gap may
 * have brought about is not said.
 */
import { isFreeForm } from "../model/free-form.js";
import { Origin, type Path } from "../model/origin.js";
import type { Code } from "./codes.js";
import type { Finding } from "./diagnostic.js";

/**
 * What may be missing: `machines`; `tags` on them, or who else has one that is
 * defined (`holders`); of the roles of one instance the `layers` of settings,
 * something in the `settings`, or `members`; which service it is of.
 */
type Gap = "machines" | "tags" | "holders" | "layers" | "settings" | "members" | "service";

/**
 * Those findings that hold whatever would stand in the gaps that `mistakes` leave, and at the paths
 * that are {@link Document.unread}.
 */
export function withoutConsequences(
  findings: readonly Finding[],
  mistakes: readonly Finding[],
  unread: readonly Path[],
): readonly Finding[] {
  const gaps = new Set([
    ...mistakes.flatMap(gapsOf),
    ...unread.flatMap((path) => (isFreeForm(path) ? [inInstance("settings", path)] : gapsAt(path))),
  ]);
  if (gaps.size === 0) {
    return findings;
  }
  return findings.filter(
    ({ code, place }) =>
      !causes[code]?.some((gap) => gaps.has(gap) || gaps.has(inInstance(gap, pathOf(place)))),
  );
}

/** What gaps may bring about. */
const causes: { readonly [code in Code]?: readonly Gap[] } = {
  "member-count": ["machines", "tags", "holders", "layers", "members", "service"],
  "predefined-tag": ["machines", "tags", "holders"],
  "setting-type": ["layers", "settings", "service"],
  "settings-conflict": ["layers", "settings"],
  "unknown-machine": ["machines"],
  "unknown-role": ["service"],
  "unknown-service": ["service"],
  "unknown-setting": ["service"],
  "unknown-tag": ["machines", "tags"],
};

function gapsOf({ code, severity, place }: Finding): readonly string[] {
  if (severity !== "error" || !(place instanceof Origin)) {
    return [];
  }
  const { path } = place;
  switch (code) {
    case "limit-exceeded":
    case "tag-cycle":
      return ["holders"];
    case "unknown-machine":
      return path[0] === "tags" ? ["holders"] : [inInstance("members", path)];
    case "source-conflict":
      return path[0] === "instances" && path[2] !== "module" ? [] : gapsAt(path);
    default:
      return code in causes ? [] : gapsAt(path);
  }
}

/** What a mistake at this path may keep from being read. */
function gapsAt(path: Path): readonly string[] {
  const [part, , field = ""] = path;
  switch (part) {
    case "meta":
      return [];
    case "machines":
      if (path.length <= 2) {
        return ["machines"];
      }
      return ["deploy", "description", "icon", "installedAt", "name"].includes(
        String(field).split(".")[0]!,
      )
        ? []
        : ["tags"];
    case "tags":
      return ["tags"];
    case "instances":
      if (isFreeForm(path)) {
        return [];
      }
      return path.length === 1
        ? ["layers", "service"]
        : gapsInInstance(field).map((gap) => inInstance(gap, path));
    default:
      return ["machines", "tags", "layers", "service"];
  }
}

function gapsInInstance(field: string | number): readonly Gap[] {
  if (field === "roles") {
    return ["layers"];
  }
  return field === "module" ? ["service"] : ["layers", "service"];
}

function inInstance(gap: Gap, [part, instance]: Path): string {
  return part === "instances" ? `${gap} of ${instance}` : gap;
}

function pathOf(place: Finding["place"]): Path {
  return place instanceof Origin ? place.path : [];
}
