/** A block of code in a page; CONTRIBUTING.md says how it is written. */
export interface Block {
  readonly line: number;
  readonly language: string;
  /** The file that it is. */
  readonly file?: string;
  /** Whether it is what the block before it prints. */
  readonly isOutput: boolean;
  /** Why it is not run, where it is not. */
  readonly notRun?: string;
  readonly text: string;
}

/** The blocks of code of a page, in its order; comments that hold one are among them. */
export function readBlocks(markdown: string): readonly Block[] {
  const lines = markdown.split("\n");
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at++) {
    const opened = /^( *)(```|<!-- )(.*)$/.exec(lines[at]!);
    if (opened === null || lines[at]!.endsWith("-->")) {
      continue;
    }
    const [, indent, mark, info] = opened as unknown as readonly [string, string, string, string];
    const close = indent + (mark === "```" ? mark : "-->");
    const end = lines.indexOf(close, at + 1);
    if (end < 0) {
      throw new Error(`line ${at + 1}: a block without end`);
    }
    const text = lines.slice(at + 1, end).map((line) => line.slice(indent.length));
    blocks.push({
      line: at + 1,
      ...readInfo(info),
      text: text.map((line) => `${line}\n`).join(""),
    });
    at = end;
  }
  return blocks;
}

function readInfo(info: string): Omit<Block, "line" | "text"> {
  const [, language, word, notRun] =
    /^([a-z]+)(?: (?!not run)(\S+))?(?: not run: (.+))?$/.exec(info) ?? [];
  if (language === undefined) {
    throw new Error(`'${info}' does not say what the block is; a picture is 'text'`);
  }
  return {
    language,
    isOutput: word === "output",
    ...(word !== undefined && word !== "output" && { file: word }),
    ...(notRun !== undefined && { notRun }),
  };
}
