import { type Address, readAddress } from "./address.js";
import type { Drafts } from "./drafts.js";
import { type Example, emptyExample, stateOf } from "./examples.js";
import { notify } from "./notice.js";
import type { Beginning } from "./session.js";
import type { State } from "./state.js";
import { offerTour } from "./tour.js";

/** What the page starts with, and what its address asked for. */
export interface Start extends Beginning {
  readonly address: Address;
}

/**
 * Starts from this tab's draft, which what the address asks for then takes the place of; without one,
 * from the address, else from the first example.
 */
export async function readStart(drafts: Drafts, examples: readonly Example[]): Promise<Start> {
  const address = await readAddress(location.hash, examples);
  const draft = drafts.load();
  const state = draft ?? askedBy(address)?.state ?? stateOf(examples[0] ?? emptyExample);
  return { address, state, isDraft: draft !== undefined };
}

/** What an address asks for, and what is said once it is open. */
export function askedBy(
  address: Address,
): { readonly state: State; readonly done: string } | undefined {
  switch (address.kind) {
    case "link":
      return { state: address.state, done: "Opened the link." };
    case "example":
      return { state: stateOf(address.example), done: `Opened “${address.example.title}”.` };
    default:
      return undefined;
  }
}

/** Says what became of the address and of the examples; to a first visitor, offers the tour. */
export async function greet(
  { address, isDraft }: Pick<Start, "address" | "isDraft">,
  hasExamples: boolean,
  version: () => Promise<string>,
): Promise<void> {
  document.body.classList.toggle("view-only", address.kind === "link" && address.isViewOnly);
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
  { version }: Extract<Address, { readonly kind: "link" }>,
  ownVersion: () => Promise<string>,
): Promise<void> {
  const own = await ownVersion().catch(() => version);
  if (version !== own) {
    notify(`This link was made with version ${version}; this is ${own}. The output may differ.`);
  }
}
