import type { Host } from "../cli/host.js";
import type { Fix } from "../diagnostics/diagnostic.js";
import { getOrInsertComputed } from "../model/maps.js";
import type { Range, Source } from "../model/source.js";
import { type PositionEncoding, Positions } from "./positions.js";
import type {
  Location,
  Range as LspRange,
  Position,
  TextDocument,
  WorkspaceEdit,
} from "./protocol.js";
import { uriOfPath } from "./uris.js";

/** Places in the sources of one inventory, as an editor names them. */
export class Places {
  private readonly sources: ReadonlyMap<string, Source>;
  private readonly positions = new Map<string, Positions>();

  constructor(
    sources: readonly Source[],
    private readonly editor: Editor,
  ) {
    this.sources = new Map(sources.map((source) => [source.name, source]));
  }

  /** The address of a source: the editor's own where it is open there. */
  uri(name: string): string {
    const { path = name } = this.sources.get(name)!;
    return this.documentOf(name)?.uri ?? uriOfPath(path, this.editor.host.paths);
  }

  /** Of the text in the editor; absent where the source is not open. */
  version(name: string): number | undefined {
    return this.documentOf(name)?.version;
  }

  range({ source, start, end }: Range): LspRange {
    const positions = this.positionsIn(source);
    return { start: positions.position(start.offset), end: positions.position(end.offset) };
  }

  location(range: Range): Location {
    return { uri: this.uri(range.source), range: this.range(range) };
  }

  position(name: string, offset: number): Position {
    return this.positionsIn(name).position(offset);
  }

  offset(name: string, position: Position): number {
    return this.positionsIn(name).offset(position);
  }

  /** Edits of several sources, for the versions that the editor has of them. */
  workspaceEdit(edits: Fix["edits"]): WorkspaceEdit {
    const bySource = new Map<string, { range: LspRange; newText: string }[]>();
    for (const { range, text } of edits) {
      getOrInsertComputed(bySource, range.source, () => []).push({
        range: this.range(range),
        newText: text,
      });
    }
    if (!this.editor.knowsVersions) {
      const changes = [...bySource].map(([name, edits]) => [this.uri(name), edits] as const);
      return { changes: Object.fromEntries(changes) };
    }
    return {
      documentChanges: [...bySource].map(([name, edits]) => ({
        textDocument: { uri: this.uri(name), version: this.version(name) ?? null },
        edits,
      })),
    };
  }

  private positionsIn(name: string): Positions {
    return getOrInsertComputed(this.positions, name, () =>
      Positions.of(this.sources.get(name)!.text, this.editor.encoding),
    );
  }

  private documentOf(name: string): TextDocument | undefined {
    return this.editor.documentAt(this.sources.get(name)!.path ?? name);
  }
}

/** What is known of the editor. */
export interface Editor {
  readonly host: Host;
  readonly encoding: PositionEncoding;
  /** Whether it takes edits for a version of a text. */
  readonly knowsVersions: boolean;
  /** The open document of a path with `/`. */
  readonly documentAt: (path: string) => TextDocument | undefined;
}
