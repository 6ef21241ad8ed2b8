import { h } from "./dom.js";

/** Asks what becomes of so many files; `undefined` if the dialog is closed. */
export function askWhatToDoWith(files: string): Promise<"add" | "replace" | undefined> {
  return open("Import", [h("p", {}, `${files}: what is to become of yours?`)], {
    add: "Add to mine",
    replace: "Replace mine",
  });
}

/** Asks for a text; `undefined` if none is given. */
export async function askForText(
  title: string,
  label: string,
  value: string,
): Promise<string | undefined> {
  const field = h("input", { type: "text", "aria-label": label, autofocus: true, value });
  const answer = await open(title, [field], { take: "OK" });
  return answer === "take" && field.value.trim() !== "" ? field.value.trim() : undefined;
}

/** Lets one of several things be chosen, by its place. */
export async function pick(title: string, choices: readonly string[]): Promise<number | undefined> {
  const buttons = choices.map((label, index) =>
    h("button", { value: String(index), autofocus: index === 0 }, label),
  );
  const list = h("div", { class: "choices" }, ...buttons);
  list.addEventListener("keydown", ({ key }) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    if (step !== undefined) {
      buttons[(at + step + buttons.length) % buttons.length]!.focus();
    }
  });
  const answers = [...choices.keys()].map(String);
  const answer = await open<string>(title, [list], {}, answers);
  return answer === undefined ? undefined : Number(answer);
}

/** The line that turns a Clan in Nix into what this page reads. */
const evalLine = "nix eval --json .#clanInternals.inventoryClass.inventorySerialization";

/**
 * Says how Nix becomes an inventory here, and takes what that line prints; `undefined` if there is
 * nothing.
 */
export async function askForExport(
  copy: (button: HTMLElement, text: string) => void,
): Promise<string | undefined> {
  const field = h("textarea", {
    class: "copy-field",
    placeholder: "Paste here what it prints",
    "aria-label": "What nix eval printed",
  });
  const button = h("button", { type: "button", click: () => copy(button, evalLine) }, "Copy");
  const content = [
    h("p", {}, "This is Nix, which only Nix can evaluate. In the folder of your flake, run:"),
    h("div", { class: "command" }, h("code", {}, evalLine), button),
    field,
  ];
  const answer = await open("From Nix to YAML", content, { take: "Open as YAML" });
  return answer === "take" && field.value.trim() !== "" ? field.value : undefined;
}

function open<Choice extends string>(
  title: string,
  content: readonly Node[],
  choices: { readonly [choice in Choice]?: string },
  answers: readonly string[] = Object.keys(choices),
): Promise<Choice | undefined> {
  return new Promise((resolve) => {
    const dialog = h(
      "dialog",
      {
        class: "dialog",
        "aria-label": title,
        close: () => {
          dialog.remove();
          resolve(
            answers.includes(dialog.returnValue) ? (dialog.returnValue as Choice) : undefined,
          );
        },
      },
      h(
        "form",
        { method: "dialog" },
        h("h2", {}, title),
        ...content,
        h(
          "div",
          { class: "actions" },
          // Of type button, so that Enter in a field takes the answer.
          h("button", { type: "button", click: () => dialog.close("") }, "Cancel"),
          ...Object.entries(choices as { readonly [choice: string]: string }).map(
            ([value, label]) => h("button", { value, class: "primary" }, label),
          ),
        ),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}
