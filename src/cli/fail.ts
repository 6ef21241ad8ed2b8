import { getSystemErrorMap } from "node:util";
import type { Host } from "./host.js";

/** Ends a command that was used wrongly, or that cannot read or write what it must. */
export async function fail(host: Host, problems: readonly string[]): Promise<2> {
  await host.writeStderr(problems.map((problem) => `inventory2nix: ${problem}\n`).join(""));
  return 2;
}

/**
 * Why the system refused something (`permission denied`); any other error is a bug, and thrown on.
 */
export function reason(error: unknown): string {
  if (!isSystemError(error)) {
    throw error;
  }
  return getSystemErrorMap().get(error.errno)?.[1] ?? error.message;
}

export function isSystemError(error: unknown): error is Error & { readonly errno: number } {
  return error instanceof Error && "errno" in error;
}
