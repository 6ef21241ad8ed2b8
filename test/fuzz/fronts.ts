import { command } from "./command.js";
import { component } from "./component.js";
import type { Front } from "./front.js";
import { languageServer } from "./language-server.js";
import { library } from "./library.js";
import { links } from "./links.js";
import { nix } from "./nix.js";

const fronts = {
  command,
  component,
  "language-server": languageServer,
  library,
  links,
  nix,
};

export const frontNames = Object.keys(fronts);

/** A front whose inputs only it needs to know. */
export function frontOf(name: string): Front<unknown> {
  return fronts[name as keyof typeof fronts] as Front<unknown>;
}
