import type { File as NamedText } from "./state.js";

interface NamedFile {
  readonly name: string;
  readonly file: File;
}

/** Files that were picked, or those of folders, in the order of their names. */
export async function readFiles(files: readonly File[]): Promise<readonly NamedText[]> {
  return readNamed(files.map((file) => ({ name: file.webkitRelativePath || file.name, file })));
}

/** Files that were dropped, and those of folders, in the order of their names. */
export async function readDrop(transfer: DataTransfer): Promise<readonly NamedText[]> {
  // Only entries know about folders, and only files need not be on a disk. Both are gone after the
  // first await.
  const dropped = [...transfer.items].map((item) => ({
    entry: item.webkitGetAsEntry(),
    file: item.getAsFile(),
  }));
  const files = dropped.map(async ({ entry, file }) =>
    entry?.isDirectory ? listFiles(entry) : file === null ? [] : [{ name: file.name, file }],
  );
  return readNamed((await Promise.all(files)).flat());
}

async function listFiles(entry: FileSystemEntry): Promise<readonly NamedFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    return [{ name: entry.fullPath.slice(1), file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: FileSystemEntry[] = [];
  // A reader returns a large folder in parts, and nothing at the end.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (part.length === 0) {
      return (await Promise.all(found.map(listFiles))).flat();
    }
    found.push(...part);
  }
}

async function readNamed(files: readonly NamedFile[]): Promise<readonly NamedText[]> {
  const known = files.filter(({ name }) => /\.(ya?ml|json|nix)$/i.test(name));
  const read = await Promise.all(
    known.map(async ({ name, file }) => ({ name, text: await file.text() })),
  );
  return read.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Whether a text is Nix: an attribute set or a function, where YAML and JSON are neither. */
export function isNix(text: string): boolean {
  const code = text.replace(/^[ \t]*#.*$/gm, "").trim();
  const isSet = /^(let\b|rec\b|\{|[\w-]+ *:\s*\{|\{[^}]*\} *:)/.test(code);
  return isSet && /[\w"}\]-]\s*=\s*[^=]/.test(code) && /;\s*(#.*)?$/m.test(code);
}
