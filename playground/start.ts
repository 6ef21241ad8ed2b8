import { type Address, readAddress } from "./address.js";
import type { Drafts } from "./drafts.js";
import { type Example, emptyExample, stateOf } from "./examples.js";
import { notify } from "./notice.js";
import type { Beginning } from "./session.js";
import { offerTour } from "./tour.js";

/** What the page starts with, and what its address asked for. */
export interface Start extends Beginning {
  readonly address: Address;
}

/** Starts from the address of the page, else from this tab's draft, else from the first example. */
export async function readStart(drafts: Drafts, examples: readonly Example[]): Promise<Start> {
  const address = await readAddress(location.hash, examples);
  const draft = address.kind === "nothing" ? drafts.load() : undefined;
  const example = address.kind === "example" ? address.example : examples[0];
  const state =
    address.kind === "link" ? address.state : (draft ?? stateOf(example ?? emptyExample));
  return { address, state, isDraft: draft !== undefined };
}

/** Says what became of the address and of the examples; to a first visitor, offers the tour. */
export async function greet(
  { address, isDraft }: Start,
  hasExamples: boolean,
  version: () => Promise<string>,
): Promise<void> {
  if (address.kind === "link") {
    return welcome(address, version);
  }
  if (!isDraft && !hasExamples) {
    notify("The examples could not be loaded. All else works.");
  } else if (address.kind === "broken") {
    notify(`The link cannot be opened: ${address.reason}.`);
  } else if (address.kind === "nothing" && !isDraft) {
    offerTour();
  }
}

async function welcome(
  { version, isViewOnly }: Extract<Address, { readonly kind: "link" }>,
  ownVersion: () => Promise<string>,
): Promise<void> {
  document.body.classList.toggle("view-only", isViewOnly);
  const own = await ownVersion().catch(() => version);
  if (version !== own) {
    notify(`This link was made with version ${version}; this is ${own}. The output may differ.`);
  }
}
