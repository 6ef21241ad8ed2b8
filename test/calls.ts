/** What functions of the sources call, for the rule of the house about the stack. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "@typescript/typescript6";

const root = path.join(import.meta.dirname, "..");

export interface Calls {
  /** Without its ending, as `src/cli/help`. */
  readonly file: string;
  /** Calls with an argument that is spread onto the stack, each as it is written, on one line. */
  readonly spreads: readonly string[];
  /** Functions that reach themselves through calls in this file. */
  readonly recursive: readonly string[];
}

/** What the files of a folder call in ways that their input may make too deep. */
export function callsIn(folder: string): readonly Calls[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
    .sort()
    .map((file) => callsOf(`${folder}/${file.replaceAll(path.sep, "/")}`));
}

function callsOf(file: string): Calls {
  const text = readFileSync(path.join(root, file), "utf8");
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const spreads: string[] = [];
  const uses = new Map<string, Set<string>>();
  const visit = (node: ts.Node, around: readonly string[]): void => {
    const name = functionName(node);
    const inside = name === undefined ? around : [...around, name];
    if (name !== undefined && !uses.has(name)) {
      uses.set(name, new Set());
    }
    if (spreadsArguments(node)) {
      spreads.push(node.getText().replace(/\s+/g, " "));
    }
    if (ts.isIdentifier(node) && isUse(node)) {
      for (const user of inside) {
        uses.get(user)!.add(node.text);
      }
    }
    ts.forEachChild(node, (child) => visit(child, inside));
  };
  visit(tree, []);
  return {
    file: file.replace(/\.ts$/, ""),
    spreads,
    recursive: [...uses.keys()].filter((name) => reaches(name, uses)),
  };
}

function functionName(node: ts.Node): string | undefined {
  if (
    (ts.isFunctionDeclaration(node) ||
      ts.isMethodDeclaration(node) ||
      ts.isGetAccessorDeclaration(node)) &&
    node.name !== undefined
  ) {
    return node.name.getText();
  }
  const isNamed =
    ts.isVariableDeclaration(node) &&
    node.initializer !== undefined &&
    (ts.isArrowFunction(node.initializer) || ts.isFunctionExpression(node.initializer));
  return isNamed ? node.name.getText() : undefined;
}

function spreadsArguments(node: ts.Node): boolean {
  return (
    (ts.isCallExpression(node) || ts.isNewExpression(node)) &&
    node.arguments?.some(ts.isSpreadElement) === true
  );
}

/** Whether it is a function of this file, or a method of the same object, as far as that is seen. */
function isUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
    return parent.expression.kind === ts.SyntaxKind.ThisKeyword;
  }
  return !("name" in parent && parent.name === node);
}

function reaches(name: string, uses: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const seen = new Set<string>();
  const waiting = [...uses.get(name)!];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!seen.has(next)) {
      seen.add(next);
      for (const used of uses.get(next) ?? []) {
        waiting.push(used);
      }
    }
  }
  return seen.has(name);
}
