import { impurePath, invalidPath, mistakenPath } from "../../diagnostics/form-messages.js";
import type { Data } from "../../model/data.js";
import type { Origin } from "../../model/origin.js";
import { normalizePath } from "../../model/paths.js";
import { ModulesIn, PathValue, Unreadable } from "../../model/value.js";
import type { FormContext } from "./form-context.js";

/** A path as the source means it, below `root` or absolute. */
export function toPath(
  data: Data,
  origin: Origin,
  { folder, report, notePath }: FormContext,
): PathValue | Unreadable {
  const problem = findProblem(data);
  if (problem !== undefined) {
    report(invalidPath(origin, problem));
    return new Unreadable(origin);
  }
  const text = data as string;
  const mistake = findMistake(text);
  if (mistake !== undefined) {
    report(mistakenPath(origin, text, mistake));
  }
  if (text.startsWith("/")) {
    report(impurePath(origin, text));
    return new PathValue(normalizePath(text), true, origin);
  }
  const path = normalizePath(`${folder}/${text}`);
  if (mistake === undefined) {
    notePath?.({ path, text, origin });
  }
  return new PathValue(path, false, origin);
}

/** The modules in a folder. */
export function toFolder(data: Data, origin: Origin, context: FormContext): ModulesIn | Unreadable {
  const folder = toPath(data, origin, context);
  return folder instanceof Unreadable ? folder : new ModulesIn(folder, origin);
}

/** What makes a path most likely lead to no file: the habits of Nix and of shells. */
function findMistake(path: string): "semicolon" | "variable" | "pattern" | undefined {
  if (/;\s*$/.test(path)) {
    return "semicolon";
  }
  if (/\$[A-Za-z_{(]/.test(path)) {
    return "variable";
  }
  return /[*?]|\{[^{},]*,[^{}]*\}/.test(path) ? "pattern" : undefined;
}

function findProblem(path: Data): string | undefined {
  if (typeof path !== "string") {
    return "a path is a string";
  }
  if (path === "") {
    return "a path cannot be empty";
  }
  if (path.startsWith("~")) {
    return "'~' means another folder for each user: write a path relative to this file";
  }
  if (path.startsWith("<")) {
    return "'<…>' looks a path up in the environment: use a reference to a flake input";
  }
  if (/^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(path)) {
    return "a URL is not a path: fetch it as a flake input and refer to that";
  }
  return undefined;
}
