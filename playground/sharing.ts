import { download } from "./download.js";
import { copyText } from "./output.js";
import { toHash, toMarkdown } from "./share.js";
import { type File, type State, withOwnNames } from "./state.js";
import { zip } from "./zip.js";

/** A link to all of it, to its view alone, or both files and link as Markdown. */
export type ShareKind = "link" | "view" | "markdown";

/** Copies what is shared, and answers the link in it; an error for people where there is none. */
export async function copyLink(
  button: HTMLElement,
  how: ShareKind,
  state: State,
  version: Promise<string>,
): Promise<string> {
  const suffix = how === "view" ? `&view=${state.view}` : "";
  const link = version
    .then((version) => toHash(state, version))
    .then((hash) => `${location.href.replace(/#.*/s, "")}${hash}${suffix}`);
  const text = how === "markdown" ? link.then((url) => toMarkdown(state, url)) : link;
  // WebKit lets a page copy within the click only, so this may not wait for the text.
  await Promise.all([text, copyText(button, text)]);
  return link;
}

/** Downloads a folder with the sources, and with the output if there is one. */
export async function exportFolder(
  files: readonly File[],
  text: string | undefined,
): Promise<void> {
  const output = text === undefined ? [] : [{ name: "inventory.nix", text }];
  download("inventory.zip", zip(withOwnNames([...files, ...output])));
}
