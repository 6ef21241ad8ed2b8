import type { Compiler } from "./compiler.js";
import { askForExport, askWhatToDoWith } from "./dialogs.js";
import { count } from "./dom.js";
import { stateOf } from "./examples.js";
import { isNix } from "./import.js";
import { notify } from "./notice.js";
import { copyText } from "./output.js";
import type { Session } from "./session.js";
import { type File, withOwnNames } from "./state.js";

/** Takes files from outside: adds them, or puts them in the place of what there is. */
export async function takeFiles(
  files: readonly File[],
  session: Session,
  compiler: Compiler,
): Promise<void> {
  if (files.some(({ name, text }) => name.endsWith(".nix") || isNix(text))) {
    return takeNix(session, compiler);
  }
  if (files.length === 0) {
    return void notify("None of these is an inventory: files end with .yaml, .yml or .json.");
  }
  const number = count(files.length, "file");
  const choice = session.isUntouched ? "replace" : await askWhatToDoWith(number);
  if (choice === "replace") {
    session.open(stateOf({ files: withOwnNames(files) }), `Opened ${number}.`);
  } else if (choice === "add") {
    const { length: active } = session.state.files;
    const all = withOwnNames([...session.state.files, ...files]);
    session.replace({ files: all, active }, `Added ${number}.`);
  }
}

/** Answers whether a text that is pasted is taken as Nix; a line of it may be meant for `!nix`. */
export function takePasted(text: string, session: Session, compiler: Compiler): boolean {
  const isTaken = text.trim().includes("\n") && isNix(text);
  if (isTaken) {
    void takeNix(session, compiler);
  }
  return isTaken;
}

async function takeNix(session: Session, compiler: Compiler): Promise<void> {
  const exported = await askForExport((button, text) => void copyText(button, text));
  if (exported === undefined) {
    return;
  }
  const source = { name: "inventory.json", text: exported };
  const { options } = session.inventory;
  const text = await compiler.ask("emit", { sources: [source], options }, "yaml");
  const file = text === undefined ? source : { name: "inventory.yaml", text };
  session.open(stateOf({ files: [file] }), "Opened what Nix exported.");
}
