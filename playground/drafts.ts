import { readState, type State } from "./state.js";

/** An inventory that this browser keeps. */
export interface Draft {
  readonly id: string;
  /** When it was last changed, in milliseconds since 1970. */
  readonly time: number;
  /** What it holds, in a few words. */
  readonly title: string;
  readonly state: State;
}

/** Whether what was to be kept is kept; if not, why. */
export type Kept = "kept" | "full" | "forbidden";

const prefix = "inventory2nix/draft/";
const tabKey = "inventory2nix/tab";

/** No one looks for an inventory behind these; the oldest goes. */
const maxDrafts = 20;

/**
 * The inventories that this browser keeps: one for each tab, the newest of which a new tab goes on
 * with, unless it is open in another.
 */
export class Drafts {
  private constructor(
    /** The draft of this tab. */
    private id: string,
  ) {}

  static async open(): Promise<Drafts> {
    const own = readText(() => sessionStorage, tabKey);
    if (own !== undefined && (await isAlone(own))) {
      return new Drafts(own);
    }
    const open = await openDrafts();
    const left = own === undefined ? listDrafts().find(({ id }) => !open.has(id)) : undefined;
    return Drafts.of(left?.id ?? newId());
  }

  private static of(id: string): Drafts {
    writeText(() => sessionStorage, tabKey, id);
    void isAlone(id);
    return new Drafts(id);
  }

  /** What this tab had when it was left. */
  load(): State | undefined {
    return readDraft(this.id)?.state;
  }

  /** The others, newest first. */
  recent(): readonly Draft[] {
    return listDrafts().filter(({ id }) => id !== this.id);
  }

  save(state: State, title: string): Kept {
    const drafts = listDrafts().filter(({ id }) => id !== this.id);
    for (const { id } of drafts.slice(maxDrafts - 1)) {
      localStorage.removeItem(`${prefix}${id}`);
    }
    const draft = { time: Date.now(), title, state };
    return writeText(() => localStorage, `${prefix}${this.id}`, JSON.stringify(draft));
  }

  /** Which draft is this tab's. */
  get current(): string {
    return this.id;
  }

  /** Goes on with another draft, or a new one; that of before stays among the recent ones. */
  take(id = newId()): void {
    this.id = id;
    writeText(() => sessionStorage, tabKey, id);
    void isAlone(id);
  }
}

/**
 * Whether no other tab has the draft. A tab that is duplicated brings the other's name along, and
 * one that is reloaded may find its own name taken for a moment.
 */
async function isAlone(id: string): Promise<boolean> {
  if (!("locks" in navigator)) {
    return true;
  }
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(400);
    navigator.locks
      .request(`${prefix}${id}`, { signal }, () => {
        resolve(true);
        return new Promise(() => {}); // Until the page is left.
      })
      .catch(() => resolve(false));
  });
}

/** The drafts that tabs have open. */
async function openDrafts(): Promise<ReadonlySet<string>> {
  const { held = [] } = "locks" in navigator ? await navigator.locks.query() : {};
  return new Set(held.map(({ name = "" }) => name.slice(prefix.length)));
}

function listDrafts(): readonly Draft[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .flatMap((key) => readDraft(key.slice(prefix.length)) ?? [])
      .sort((a, b) => b.time - a.time);
  } catch {
    return [];
  }
}

function readDraft(id: string): Draft | undefined {
  try {
    const draft = JSON.parse(localStorage.getItem(`${prefix}${id}`)!) as Partial<Draft> | null;
    const state = readState(draft?.state);
    return state && { id, state, time: Number(draft!.time), title: String(draft!.title) };
  } catch {
    return undefined;
  }
}

function readText(storage: () => Storage, key: string): string | undefined {
  try {
    return storage().getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

function writeText(storage: () => Storage, key: string, text: string): Kept {
  try {
    storage().setItem(key, text);
    return "kept";
  } catch (error) {
    return error instanceof DOMException && error.name === "QuotaExceededError"
      ? "full"
      : "forbidden";
  }
}

function newId(): string {
  return Math.random().toString(36).slice(2, 10);
}
