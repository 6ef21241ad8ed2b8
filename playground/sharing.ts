import type { Diagnostic } from "../src/index.js";
import { download } from "./download.js";
import { notify } from "./notice.js";
import { copyText } from "./output.js";
import { placeOf } from "./problems.js";
import { toHash, toMarkdown, toReport } from "./share.js";
import { type File, type State, withOwnNames } from "./state.js";
import { zip } from "./zip.js";

/** A link to all of it or to its view alone; or files and link as Markdown, or as a report. */
export type ShareKind = "link" | "view" | "markdown" | "report";

/** What a report says besides. */
export interface Findings {
  readonly version: Promise<string>;
  readonly findings: readonly Diagnostic[];
}

/** Copies what is shared; a link to all of it becomes the address of the page. */
export async function share(
  button: HTMLElement,
  how: ShareKind,
  state: State,
  findings: Findings,
): Promise<void> {
  try {
    const link = await copyLink(button, how, state, findings);
    if (how === "link") {
      history.replaceState(history.state, "", link);
    }
  } catch (error) {
    notify(`The link cannot be made: ${(error as Error).message}.`);
  }
}

/** Answers the link in what is copied; an error for people where there is none. */
async function copyLink(
  button: HTMLElement,
  how: ShareKind,
  state: State,
  { version, findings }: Findings,
): Promise<string> {
  const suffix = how === "view" ? `&view=${state.view}` : "";
  const link = version
    .then((version) => toHash(state, version))
    .then((hash) => `${location.href.replace(/#.*/s, "")}${hash}${suffix}`);
  const texts = {
    link: (url: string) => url,
    view: (url: string) => url,
    markdown: (url: string) => toMarkdown(state, url),
    report: async (url: string) =>
      toReport(toMarkdown(state, url), findings.map(describe), [
        `inventory2nix ${await version}`,
        navigator.userAgent,
      ]),
  };
  const text = link.then(texts[how]);
  // WebKit lets a page copy within the click only, so this may not wait for the text.
  await Promise.all([text, copyText(button, text)]);
  return link;
}

function describe({ range, severity, message, code }: Diagnostic): string {
  return `${placeOf(range)}: ${severity}: ${message} [${code}]`;
}

/** Downloads a folder with the sources, and with the output if there is one. */
export async function exportFolder(
  files: readonly File[],
  text: string | undefined,
): Promise<void> {
  const output = text === undefined ? [] : [{ name: "inventory.nix", text }];
  download("inventory.zip", zip(withOwnNames([...files, ...output])));
}
