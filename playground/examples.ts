import { defaultOptions, type File, initialState, type Options, type State } from "./state.js";

export interface Example {
  /** In an address: `#example/NAME`. */
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly files: readonly File[];
  readonly options?: Partial<Options>;
  /** The one that is explained at first. */
  readonly machine?: string;
}

/** None where they cannot be loaded: the page works without. */
export async function loadExamples(): Promise<readonly Example[]> {
  try {
    const response = await fetch("examples.json");
    return response.ok ? ((await response.json()) as readonly Example[]) : [];
  } catch {
    return [];
  }
}

/** Where no example can be loaded. */
export const emptyExample: Pick<Example, "files"> = {
  files: [{ name: "inventory.yaml", text: "machines:\n" }],
};

/** What the page shows of an example, or of files from elsewhere. */
export function stateOf({
  files,
  options,
  machine = "",
}: Pick<Example, "files" | "options" | "machine">): State {
  return {
    ...initialState(files),
    options: { ...defaultOptions, ...options },
    question: { machine, instance: "" },
  };
}
