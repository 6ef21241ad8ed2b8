import type { File, Options } from "./state.js";

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
