import { byId } from "./dom.js";
import { defaultOptions, type Options } from "./state.js";

const checks = ["services", "denyWarnings", "allowNix"] as const;
const texts = ["knownMachines", "root"] as const;

/** Sets the controls to these options, and says how many are not as usual. */
export function showOptions(options: Options): void {
  const names = Object.keys(options) as (keyof Options)[];
  const changed = names.filter((name) => options[name] !== defaultOptions[name]).length;
  byId("changed-options").textContent = changed === 0 ? "" : String(changed);
  for (const radio of emitRadios()) {
    radio.checked = radio.value === options.emit;
  }
  for (const name of checks) {
    byId<HTMLInputElement>(name).checked = options[name];
  }
  for (const name of texts) {
    const input = byId<HTMLInputElement>(name);
    // A text that is being typed stays as it is.
    if (input.value !== options[name]) {
      input.value = options[name];
    }
  }
}

export function watchOptions(change: (options: Partial<Options>) => void): void {
  for (const radio of emitRadios()) {
    radio.addEventListener("change", () => change({ emit: radio.value as Options["emit"] }));
  }
  for (const name of checks) {
    byId(name).addEventListener("change", ({ target }) =>
      change({ [name]: (target as HTMLInputElement).checked }),
    );
  }
  for (const name of texts) {
    byId(name).addEventListener("input", ({ target }) =>
      change({ [name]: (target as HTMLInputElement).value }),
    );
  }
}

function emitRadios(): readonly HTMLInputElement[] {
  return [...byId("emit").querySelectorAll("input")];
}
