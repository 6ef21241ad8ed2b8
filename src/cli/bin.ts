#!/usr/bin/env node
import process from "node:process";
import type { Host } from "./host.js";
import { main } from "./main.js";
import { nodeHost } from "./node-host.js";

/** The server is a file of its own, so that the other commands start without it. */
const serveEditor: Host["serve"] = async (invocation, host) => {
  const { serve } = await import("../lsp/serve.js");
  const exitCode = await serve(invocation, host, { input: process.stdin, output: process.stdout });
  // It also looks for the end of the editor now and then, which would keep it alive.
  process.exit(exitCode);
};

// Not awaited: the server imports modules of this file, which must be done before.
// Nor spread, which would ask for the working folder before anybody needs it.
const host = Object.assign(nodeHost(), { serve: serveEditor });
void Promise.resolve(main(process.argv.slice(2), host)).then((exitCode) => {
  process.exitCode = exitCode;
});
