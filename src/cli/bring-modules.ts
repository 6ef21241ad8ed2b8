import { type Data, isDataMap, valueAt } from "../model/data.js";
import type { DataChange } from "../model/data-change.js";
import { completeOptions } from "../model/options.js";
import type { Path } from "../model/origin.js";
import type { Source } from "../model/source.js";
import { parse } from "../text/parse.js";
import { applyEdits } from "../text/text-edit.js";

/** The modules of one role, as Nix names their files; `null` where it knows none. */
export interface RoleModules {
  readonly path: Path;
  readonly files: readonly (string | null)[];
}

/** Reads `{instance: {role: [file or null]}}`; answers what is wrong with it. */
export function readModules(source: Source): readonly RoleModules[] | string {
  const { document, findings } = parse(source, completeOptions({}).limits);
  const data = document?.value;
  if (findings.length > 0 || !isDataMap(data)) {
    return `${source.name}: ${findings[0]?.message ?? "a map of instances is expected"}`;
  }
  const wrong = (instance: string) =>
    `${source.name}: '${instance}' needs a list of files, or null, for each of its roles`;
  const modules: RoleModules[] = [];
  for (const [instance, roles] of Object.entries(data)) {
    if (!isDataMap(roles)) {
      return wrong(instance);
    }
    for (const [role, files] of Object.entries(roles)) {
      if (!isFileList(files)) {
        return wrong(instance);
      }
      modules.push({ path: ["instances", instance, "roles", role], files });
    }
  }
  return modules;
}

function isFileList(data: Data): data is readonly (string | null)[] {
  return Array.isArray(data) && data.every((file) => file === null || typeof file === "string");
}

/** The source with the modules whose files are known, in roles that have none. */
export function withModules(source: Source, modules: readonly RoleModules[]): Source {
  if (modules.length === 0) {
    return source;
  }
  const { document } = parse(source, completeOptions({}).limits);
  const changes = modules.flatMap(({ path, files }): readonly DataChange[] => {
    const value = files.filter((file) => file !== null).map(relativePath);
    const role = valueAt(document?.value, path);
    return value.length === 0 || !isDataMap(role) || Object.hasOwn(role, "extraModules")
      ? []
      : [{ kind: "insertEntry", path: [...path, "extraModules"], value }];
  });
  const edits = document?.edit(changes) ?? [];
  return edits.length === 0 ? source : { ...source, text: applyEdits(source.text, edits) };
}

/** What Nix copied to its store is below the folder of the flake. */
function relativePath(file: string): string {
  const path = file.replace(/^\/nix\/store\/[^/]+\//, "");
  return path.startsWith("/") || path.startsWith(".") ? path : `./${path}`;
}

/** The text with a comment in each role that has modules without a file. */
export function withTodos(text: string, modules: readonly RoleModules[]): string {
  const { document } = parse({ name: "output", text, format: "yaml" }, completeOptions({}).limits);
  const edits = modules.flatMap(({ path, files }) => {
    const count = files.filter((file) => file === null).length;
    if (count === 0 || valueAt(document?.value, path) === undefined) {
      return [];
    }
    const { start } = document!.locate(path, true);
    const line = text.lastIndexOf("\n", start - 1) + 1;
    const indentation = " ".repeat(start - line);
    const what = count === 1 ? "a module that is" : `${count} modules that are`;
    const others = files.length === count ? "" : `, beside ${files.length - count} below`;
    const comment = `${indentation}# TODO: extraModules: ${what} not a file${others}\n`;
    return [{ start: line, end: line, text: comment }];
  });
  return applyEdits(
    text,
    [...edits].sort((a, b) => a.start - b.start),
  );
}
