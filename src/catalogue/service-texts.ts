/** What editors show of services, roles and settings, in Markdown, whoever asks. */
import type { Service, ServiceRole } from "../model/catalogue.js";
import { type Data, isDataMap } from "../model/data.js";
import { describeSchema, inlineData, ownOrReferred, type Schema } from "../model/setting-schema.js";
import { setEntry } from "../model/value.js";
import { code, codeBlock, paragraphs } from "../text/markdown.js";
import { writeYaml } from "../text/yaml-writer.js";

export function serviceText({ description, maxInstances, readme, roles }: Service): string {
  const all = [...roles].map(([name, role]) => {
    const words = [machineBounds(role), role.description?.replace(/\s+/g, " ")].filter(Boolean);
    return `- ${code(name)}${words.length === 0 ? "" : `: ${words.join("; ")}`}`;
  });
  const instances = bounds("instance", undefined, maxInstances);
  const text = paragraphs([
    description,
    instances,
    all.length > 0 ? `Roles:\n\n${all.join("\n")}` : undefined,
    readme,
  ]);
  return text ?? "";
}

export function roleText(role: ServiceRole): string {
  return paragraphs([role.description, machineBounds(role)]) ?? "";
}

/** `name` is what its example is shown under. */
export function settingText(name: string, schema: Schema, root: Schema): string {
  const description = ownOrReferred(schema, "description", root);
  const [example] = [ownOrReferred(schema, "examples", root) ?? []].flat();
  const text = paragraphs([
    typeof description === "string" ? description.trim() : undefined,
    code(describeSchema(schema, root)),
    example === undefined ? undefined : exampleText(writeExample(name, example)),
  ]);
  return text ?? "";
}

/** `exactly 1 machine`; `undefined` where any number will do. */
export function machineBounds({ minMachines, maxMachines }: ServiceRole): string | undefined {
  return bounds("machine", minMachines, maxMachines);
}

export function bounds(noun: string, minimum = 0, maximum = Infinity): string | undefined {
  const count = (number: number) => `${number} ${noun}${number === 1 ? "" : "s"}`;
  if (minimum === 0 && maximum === Infinity) {
    return undefined;
  }
  if (minimum === maximum) {
    return `exactly ${count(maximum)}`;
  }
  if (maximum === Infinity) {
    return `at least ${count(minimum)}`;
  }
  return minimum === 0 ? `at most ${count(maximum)}` : `${minimum} to ${count(maximum)}`;
}

/** The lines of an example as YAML: one line where that is short enough for a sentence. */
export function writeExample(name: string, example: Data): readonly string[] {
  const inline = inlineData(example);
  const isShort = inline.length <= 60 && !inline.includes("\\n");
  if (!isDataMap(example) && isShort) {
    return [inline];
  }
  const named = {};
  setEntry<Data>(named, name, example);
  return writeYaml(isKey.test(name) ? named : example)
    .trimEnd()
    .split("\n");
}

/** A key that is not one of the user's choice, as `<name>` and `[]` are. */
const isKey = /^\w/;

function exampleText(lines: readonly string[]): string {
  return lines.length === 1 && !lines[0]!.includes(": ")
    ? `Example: ${code(lines[0]!)}`
    : `Example:\n\n${codeBlock("yaml", lines.join("\n"))}`;
}
