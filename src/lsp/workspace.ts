import { findInventory } from "../cli/find-inventory.js";
import { findUpward } from "../cli/find-upward.js";
import type { Host } from "../cli/host.js";
import type { Invocation } from "../cli/parse-arguments.js";
import type { Source } from "../model/source.js";
import { OpenFiles } from "./open-files.js";
import { Project } from "./project.js";

/** The inventories of the folders and files that are open in an editor. */
export class Workspace {
  private readonly open: OpenFiles;
  private readonly host: Host;
  private readonly projects = new Map<string, Project>();
  folders: readonly string[] = [];
  /** Whether the disk must be looked at before the next answer; editors say so often in a row. */
  private isStale = false;

  constructor(
    host: Host,
    private invocation: Invocation,
  ) {
    this.open = new OpenFiles(host);
    this.host = { ...host, files: this.open };
  }

  get all(): readonly Project[] {
    this.lookAgain();
    return [...this.projects.values()];
  }

  /** The inventory that a file belongs to, and the source that it is there. */
  find(path: string): { readonly project: Project; readonly source: Source } | undefined {
    this.lookAgain();
    // Most are in the inventory of their folder, and others need not be read then.
    const own = this.projects.get(this.folderFor(path));
    for (const project of [...(own === undefined ? [] : [own]), ...this.projects.values()]) {
      const source = project.sourceAt(path);
      if (source !== undefined) return { project, source };
    }
    return undefined;
  }

  setFolders(folders: readonly string[]): void {
    this.folders = folders;
    this.refresh();
  }

  /** Other options for all inventories. */
  setOptions(invocation: Invocation): void {
    if (JSON.stringify(invocation.inOrder) !== JSON.stringify(this.invocation.inOrder)) {
      this.invocation = invocation;
      this.projects.clear();
      this.refresh();
    }
  }

  openFile(path: string, text: string, version: number): void {
    const isOther = !this.open.has(path);
    this.open.put(path, text, version);
    if (isOther) {
      this.refresh();
    }
  }

  changeFile(path: string, text: string, version: number): void {
    this.open.put(path, text, version);
    for (const project of this.projects.values()) {
      project.setText(path, text);
    }
  }

  closeFile(path: string): void {
    this.open.close(path);
    this.refresh();
  }

  /** Looks at the disk again: for inventories, and at their files. */
  refresh(): void {
    this.isStale = true;
  }

  private lookAgain(): void {
    if (!this.isStale) {
      return;
    }
    this.isStale = false;
    const wanted = new Set<string>();
    for (const folder of this.folders) {
      wanted.add(findUpward("flake.nix", folder, this.host) ?? folder);
    }
    const { dirname } = this.host.paths;
    const beside = new Map([...this.open.paths].map((path) => [dirname(path), path]));
    for (const path of beside.values()) {
      wanted.add(this.folderFor(path));
    }
    for (const [folder, project] of this.projects) {
      if (wanted.has(folder) && this.hasInventory(folder)) {
        project.invalidate();
      } else {
        this.projects.delete(folder);
      }
    }
    for (const folder of wanted) {
      if (!this.projects.has(folder) && this.hasInventory(folder)) {
        this.projects.set(folder, new Project({ ...this.host, cwd: folder }, this.invocation));
      }
    }
  }

  /** Where the command would run for a file. */
  private folderFor(path: string): string {
    const { paths } = this.host;
    const beside = paths.dirname(path);
    return (
      findUpward("flake.nix", beside, this.host) ??
      this.folders.find((folder) => isInside(path, folder, paths.sep)) ??
      (paths.basename(beside) === "inventory" ? paths.dirname(beside) : beside)
    );
  }

  private hasInventory(folder: string): boolean {
    return findInventory(this.invocation, { ...this.host, cwd: folder }) !== undefined;
  }
}

function isInside(path: string, folder: string, sep: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}
