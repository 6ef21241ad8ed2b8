import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { compile } from "json-schema-to-typescript";
import { test } from "uvu";
import * as assert from "uvu/assert";
import schema from "../schema/inventory.schema.json" with { type: "json" };
import { machineFields, machineKeys } from "../src/model/machine-fields.js";
import { formKeys } from "../src/model/special-forms.js";

const root = fileURLToPath(new URL("..", import.meta.url));

test("is a valid schema of draft 7", () => {
  const ajv = new Ajv();
  assert.ok(ajv.validateSchema(schema), ajv.errorsText());
});

test("has a title and a description on everything", () => {
  assert.equal(
    nodes(schema, "#")
      .filter(({ node }) => !node["$ref"] && !(node["title"] && node["description"]))
      .map(({ path }) => path),
    [],
  );
});

test("allows null everywhere except at the root and in lists", () => {
  for (const { node, path } of nodes(schema, "#")) {
    const allowed = node["type"] ?? node["enum"];
    if (allowed !== undefined) {
      assert.is(
        [allowed].flat().includes(null) || [allowed].flat().includes("null"),
        path !== "#" && !path.endsWith("/items"),
        path,
      );
    }
  }
});

test("has examples that it allows", () => {
  const ajv = new Ajv({ strict: false });
  ajv.addSchema(schema, "inventory");
  for (const { node, path } of nodes(schema, "#")) {
    const examples = node["examples"] as readonly unknown[] | undefined;
    for (const example of examples ?? []) {
      assert.ok(
        ajv.validate({ $ref: `inventory${path}` }, example),
        `${path}: ${ajv.errorsText()}`,
      );
    }
  }
});

test("has the machine fields of the table, and no others", () => {
  const { properties } = schema.definitions.machine;
  const typeOf = (node: { type?: readonly string[]; enum?: readonly unknown[] }) =>
    node.type?.filter((type) => type !== "null").join() ?? typeof node.enum![0];
  const types = [
    ...Object.entries(properties)
      .filter(([key]) => key !== "deploy" && key !== "tags")
      .map(([key, node]) => [key, typeOf(node)]),
    ...Object.entries(properties.deploy.properties).map(([key, node]) => [
      `deploy.${key}`,
      typeOf(node),
    ]),
  ];
  assert.equal(Object.fromEntries(types), { ...machineFields });
  assert.equal([...machineKeys].sort(), Object.keys(properties).sort());
});

test("refuses the special forms as names, all of them and no others", () => {
  assert.equal(schema.definitions.name.not.enum, formKeys);
});

test("compiles to code that needs nothing else, and no eval", () => {
  const code = readFileSync(join(root, "src/generated/validator.js"), "utf8");
  assert.not.match(code, /\brequire\s*\(|\bimport\b|\beval\s*\(|\bFunction\s*\(/);
});

test("agrees with the TypeScript type of the input", async () => {
  const folder = mkdtempSync(join(root, "node_modules/.types-"));
  try {
    const { patternProperties, ...withoutExtensions } = schema;
    assert.equal(Object.keys(patternProperties), ["^x-"]);
    writeFileSync(
      join(folder, "schema.ts"),
      await compile({ ...(withoutExtensions as object), title: "FromSchema" }, "FromSchema"),
    );
    writeFileSync(join(folder, "agree.ts"), agreement);
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        extends: "../../tsconfig.json",
        include: ["*.ts"],
        compilerOptions: { allowJs: false },
      }),
    );
    assert.is(typeErrors(folder), "");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

// Each property is looked at, because types whose optional properties differ can be assigned to
// each other.
const agreement = `
  import type { InventoryInput } from "../../src/model/inventory-input.js";
  import type { FromSchema } from "./schema.js";

  type Plain<T> = T extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : T extends object
      ? { readonly [Key in keyof T as Key extends \`x-\${string}\` ? never : Key]: Plain<T[Key]> }
      : T;
  type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

  export const agree: Equal<Plain<InventoryInput>, Plain<FromSchema>> = true;
`;

function typeErrors(folder: string): string {
  try {
    execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", folder], {
      encoding: "utf8",
    });
    return "";
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

interface Node {
  readonly [keyword: string]: unknown;
}

/** All schemas within a schema, with their JSON pointers. */
function nodes(node: Node, path: string): { readonly node: Node; readonly path: string }[] {
  const children: [string, unknown][] = [];
  for (const keyword of ["properties", "patternProperties", "definitions"]) {
    for (const [name, child] of Object.entries((node[keyword] ?? {}) as Node)) {
      children.push([`${keyword}/${encodeURIComponent(name)}`, child]);
    }
  }
  for (const keyword of ["items", "additionalProperties"]) {
    if (typeof node[keyword] === "object") children.push([keyword, node[keyword]]);
  }
  return [
    { node, path },
    ...children.flatMap(([name, child]) => nodes(child as Node, `${path}/${name}`)),
  ];
}

test.run();
