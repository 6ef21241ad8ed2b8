import type { Example } from "./examples.js";
import { fromHash, type LinkError, type Shared } from "./share.js";
import { type View, views } from "./state.js";

/** What the address of the page asks for. */
export type Address =
  | { readonly kind: "nothing" }
  | ({ readonly kind: "link"; readonly isViewOnly: boolean } & Shared)
  | { readonly kind: "example"; readonly example: Example }
  | { readonly kind: "broken"; readonly reason: string };

/** Reads the part behind `#`: a link of the playground, or `example/NAME`. */
export async function readAddress(hash: string, examples: readonly Example[]): Promise<Address> {
  if (hash.length <= 1) {
    return { kind: "nothing" };
  }
  const name = /^#example\/([\w-]+)$/.exec(hash)?.[1];
  if (name !== undefined) {
    const example = examples.find((example) => example.name === name);
    return example === undefined
      ? { kind: "broken", reason: `there is no example ‘${name}’` }
      : { kind: "example", example };
  }
  const [link = "", ...options] = hash.split("&");
  const view = options.find((option) => option.startsWith("view="))?.slice("view=".length);
  try {
    const { state, version } = (await fromHash(link))!;
    const shown = { ...state, ...(isView(view) && { view }) };
    return { kind: "link", isViewOnly: view !== undefined, version, state: shown };
  } catch (error) {
    return { kind: "broken", reason: (error as LinkError).message };
  }
}

function isView(name: string | undefined): name is View {
  return views.some((view) => view === name);
}
