import { readState, type State } from "./state.js";

const key = "inventory2nix/draft";

/**
 * Keeps the state in this browser. If storage is full or forbidden, the page works without it.
 */
export function saveDraft(state: State): void {
  try {
    localStorage.setItem(key, JSON.stringify(state));
  } catch {
    // Only convenience is lost.
  }
}

export function loadDraft(): State | undefined {
  try {
    return readState(JSON.parse(localStorage.getItem(key) ?? "null"));
  } catch {
    return undefined;
  }
}

export function dropDraft(): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // As above.
  }
}
