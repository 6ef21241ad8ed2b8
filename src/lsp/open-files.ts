import { inputFileOf } from "../cli/bytes.js";
import type { Entry, FileStatus, FileSystem, InputFile } from "../cli/file-system.js";
import type { Host } from "../cli/host.js";

/** The files of a host, with the texts that an editor holds in place of theirs. */
export class OpenFiles implements FileSystem {
  private readonly texts = new Map<string, { readonly text: string; readonly version: number }>();
  private readonly files: FileSystem;

  constructor(private readonly host: Host) {
    this.files = host.files;
  }

  /** The paths of the files that are open. */
  get paths(): Iterable<string> {
    return this.texts.keys();
  }

  has(path: string): boolean {
    return this.texts.has(path);
  }

  put(path: string, text: string, version: number): void {
    this.texts.set(path, { text, version });
  }

  close(path: string): void {
    this.texts.delete(path);
  }

  stat(path: string): FileStatus {
    const held = this.texts.get(path);
    return held === undefined
      ? this.files.stat(path)
      : { kind: "file", size: held.text.length, revision: `open ${held.version}` };
  }

  /** New files, which are in the editor only, are there, too. */
  list(folder: string): readonly Entry[] {
    const { dirname, basename } = this.host.paths;
    const entries = this.files.list(folder);
    const names = new Set(entries.map(({ name }) => name));
    const added = [...this.texts.keys()]
      .filter((path) => dirname(path) === folder && !names.has(basename(path)))
      .map((path): Entry => ({ name: basename(path), kind: "file" }));
    return [...entries, ...added];
  }

  open(path: string): InputFile {
    const held = this.texts.get(path);
    return held === undefined ? this.files.open(path) : inputFileOf(this.host.encode(held.text));
  }

  realPath(path: string): string {
    return this.files.realPath(path);
  }

  readLink(path: string): string {
    return this.files.readLink(path);
  }

  create(path: string) {
    return this.files.create(path);
  }

  openInPlace(path: string) {
    return this.files.openInPlace(path);
  }

  rename(from: string, to: string): void {
    this.files.rename(from, to);
  }

  remove(path: string): void {
    this.files.remove(path);
  }
}
