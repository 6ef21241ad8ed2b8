import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** The package's version. */
export function version(): string {
  return JSON.parse(packageFile("package.json")).version;
}

/**
 * The text of a file that the package exports, found from the sources and from the bundle alike.
 */
export function packageFile(name: string): string {
  return readFileSync(createRequire(import.meta.url).resolve(`inventory2nix/${name}`), "utf8");
}
