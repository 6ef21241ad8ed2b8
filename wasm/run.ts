import environment from "wasi:cli/environment@0.2.12";
import exit from "wasi:cli/exit@0.2.12";
import { main } from "../src/cli/main.js";
import { wasiHost } from "./wasi-host.js";

/** The interface `wasi:cli/run`: the command line over what WASI offers. */
export const run = {
  run(): void {
    const exitCode = main(environment.getArguments().slice(1), wasiHost());
    // A promise would be that of `--watch`, which this host does not offer.
    if (exitCode !== 0) {
      exit.exitWithCode(exitCode as number);
    }
  },
};
