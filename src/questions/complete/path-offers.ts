import { normalizePath } from "../../model/paths.js";
import type { CursorPlace } from "../../text/cursor-place.js";
import type { Offer } from "./offer.js";
import type { Surroundings } from "./surroundings.js";

/** More files of one folder are of no help. */
const mostFiles = 200;

/** Files and folders, where a path is wanted and the host shows them. */
export function pathOffers(place: CursorPlace, surroundings: Surroundings): readonly Offer[] {
  const { path, wants, typed } = place;
  if (wants === "key" || !isPathWanted(path)) {
    return [];
  }
  const written = typed.replace(/^["']/, "");
  const start = written.slice(0, written.lastIndexOf("/") + 1) || "./";
  const { name, path: own = name } = surroundings.source;
  const folder = joined(own.slice(0, own.lastIndexOf("/") + 1), start);
  const { files } = surroundings;
  const names = [...(files.list(folder || ".") ?? [])].sort().slice(0, mostFiles);
  return names
    .filter((name) => !name.startsWith("."))
    .map((name, rank): Offer => {
      const isFolder = files.list(joined(`${folder}/`, name)) !== undefined;
      return { label: `${start}${name}${isFolder ? "/" : ""}`, kind: "path", as: "value", rank };
    });
}

/** In the argument of a form that is a path, and among modules, whose texts are paths. */
function isPathWanted(path: CursorPlace["path"]): boolean {
  const last = path.at(-1);
  const isModule =
    typeof last === "number" && ["extraModules", "imports"].includes(`${path.at(-2)}`);
  return isModule || ["$path", "$fileContents", "$modulesIn"].includes(String(last));
}

/** A path below a folder, as the host knows it. */
function joined(folder: string, path: string): string {
  const isAbsolute = path.startsWith("/") || /^\/./.test(folder);
  const whole = normalizePath(path.startsWith("/") ? path : folder + path);
  return isAbsolute ? whole : whole.slice(1);
}
