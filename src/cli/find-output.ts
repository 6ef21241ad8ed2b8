import { commonFolder } from "../model/paths.js";
import type { Source } from "../model/source.js";
import type { Host } from "./host.js";
import { toSlashes } from "./host-paths.js";
import { namedFiles } from "./named-files.js";
import { type Invocation, valueOf } from "./parse-arguments.js";
import { absence, blaming, SystemError, unlessRefused } from "./system-error.js";

/** The file of `-o`. */
export interface Output {
  /** As the user wrote it. */
  readonly name: string;
  /** Where it really is, whether or not it exists. */
  readonly target: string;
}

/** The file to write, which must not be an input; `undefined` for standard output. */
export function findOutput(
  invocation: Invocation,
  sources: readonly Source[],
  host: Host,
): Output | undefined {
  const name = valueOf(invocation, "output");
  if (name === undefined || name === "-") {
    return undefined;
  }
  if (["", ".", ".."].includes(toSlashes(name, host.paths).split("/").at(-1)!)) {
    throw new SystemError("EISDIR", `${name}: a folder, but '-o' takes the name of a file`);
  }
  // Bytes that are not UTF-8 have become this: the file would get another name.
  if (name.includes("\ufffd")) {
    throw new SystemError("EILSEQ", `${name}: this name is not UTF-8: choose another one`);
  }
  const target = blaming(name, () => findTarget(host.paths.resolve(host.cwd, name), host));
  if (isInput(target, sources, invocation, host)) {
    const why = "this file is itself an input, which would be lost: write to another one";
    throw new SystemError("EEXIST", `${name}: ${why}`);
  }
  return { name, target };
}

/**
 * The path from the folder of the output to the one that all sources have in common. Standard
 * output counts as a file in the working folder.
 */
export function pathFromOutput(
  output: Output | undefined,
  sources: readonly Source[],
  { cwd, files, paths }: Host,
): string {
  const { root } = commonFolder(sources);
  const path =
    output === undefined
      ? paths.relative(cwd, paths.resolve(cwd, root))
      : blaming(output.name, () =>
          paths.relative(paths.dirname(output.target), files.realPath(root)),
        );
  if (path === undefined) {
    const why = "the path from here back to the sources is not known: use '--no-root-default'";
    throw new SystemError("ENOTCAPABLE", `${output?.name ?? "standard output"}: ${why}`);
  }
  return toSlashes(path, paths) || ".";
}

/** The file behind a path, links followed, whether or not it exists. */
export function findTarget(file: string, host: Host): string {
  const { files, paths } = host;
  const found = unlessRefused(() => files.stat(file), ["ENOENT"]);
  if (found !== undefined) {
    return found.kind === "file" ? files.realPath(file) : file;
  }
  // `..` in a link goes up from the folder where the link really is, and is the system's to follow.
  const folder = files.realPath(paths.dirname(file));
  const path = paths.join(folder, paths.basename(file));
  const link = unlessRefused(() => files.readLink(path), ["ENOENT", "EINVAL"]);
  if (link === undefined) {
    return path;
  }
  return findTarget(paths.isAbsolute(link) ? link : `${folder}${paths.sep}${link}`, host);
}

/** Whether the inventory, or what a flag names, is read from this file, links followed. */
function isInput(
  target: string,
  sources: readonly Source[],
  invocation: Invocation,
  { cwd, files, paths }: Host,
): boolean {
  const isTarget = (file: string) =>
    unlessRefused(() => files.realPath(paths.resolve(cwd, file)), absence) === target;
  return [...sources.map((source) => source.path!), ...namedFiles(invocation)].some((file) =>
    blaming(file, () => isTarget(file)),
  );
}
