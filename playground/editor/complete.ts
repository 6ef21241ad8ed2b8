import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { ensureSyntaxTree, syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import { readDocument } from "./document.js";
import { type Place, placeAt } from "./place.js";
import { propertiesOf, type Schema, schemasAt, valuesOf } from "./schema.js";

/**
 * What completion knows besides the text: the schema, once loaded, and the names of the fleet.
 */
export interface Knowledge {
  readonly schema: Schema | undefined;
  readonly machines: readonly string[];
  readonly tags: readonly string[];
}

/**
 * Offers keys and values from the schema, names of machines and tags where they belong, and special
 * forms.
 */
export function complete(
  knowledge: () => Knowledge,
): (context: CompletionContext) => CompletionResult | null {
  return (context) => {
    const place = placeAt(context.state, context.pos);
    if (place === undefined) {
      return null;
    }
    const typed = context.state.sliceDoc(place.from, context.pos);
    if (!context.explicit && typed === "" && !isAfterOpening(context)) {
      return null;
    }
    const options = offers(place, typed, context.state, knowledge());
    return options.length === 0
      ? null
      : { from: place.from, options, validFor: /^[!"'\w$.:@*-]*$/ };
  };
}

/** Right after a bracket, or a colon and a space, there is something to choose from. */
function isAfterOpening({ state, pos }: CompletionContext): boolean {
  return /[[{,]\s?$|: $/.test(
    state.doc.lineAt(pos).text.slice(0, pos - state.doc.lineAt(pos).from),
  );
}

function offers(
  place: Place,
  typed: string,
  state: EditorState,
  knowledge: Knowledge,
): readonly Completion[] {
  if (typed.startsWith("!") && !place.isJson) {
    return specialForms;
  }
  const { path, kind, siblings } = place;
  const document = readDocument(
    ensureSyntaxTree(state, state.doc.length, 200) ?? syntaxTree(state),
    state.doc.toString(),
  );
  const root = knowledge.schema ?? {};
  const schemas = schemasAt(root, document, path);
  const write = (text: string) =>
    place.isJson || /^[^\w./]|[:#,[\]{}]|^(true|false|null|\d.*)$/.test(text)
      ? JSON.stringify(text)
      : text;
  const names = namesAt(path, kind, document, knowledge).map(
    (name): Completion => ({ label: name, apply: write(name), type: "name", boost: 1 }),
  );
  if (kind === "value") {
    const values = valuesOf(schemas).map(
      (value): Completion => ({
        label: String(value),
        apply: typeof value === "string" ? write(value) : String(value),
        type: "value",
      }),
    );
    return unique([...names, ...values]);
  }
  const isList =
    path.at(-1) === 0 ||
    (names.length > 0 && !schemas.some(({ properties }) => properties !== undefined));
  const keys = propertiesOf(schemas, root)
    .filter(({ name }) => !siblings.has(name))
    .map(
      ({ name, schema }): Completion => ({
        label: name,
        apply: `${write(name)}: `,
        type: "key",
        ...describe(schema),
      }),
    );
  const suffix = isList ? "" : ":";
  return unique([
    ...names
      .filter(({ label }) => !siblings.has(label))
      .map((name) => ({ ...name, apply: `${String(name.apply)}${suffix}` })),
    ...keys,
  ]);
}

/** Machines and tags, where the inventory's shape asks for their names. */
function namesAt(
  path: Place["path"],
  kind: Place["kind"],
  document: unknown,
  { machines, tags }: Knowledge,
): readonly string[] {
  const at = path.map((key) => (typeof key === "number" ? "#" : key)).join("/");
  const root = document as { readonly [part: string]: unknown } | null;
  const machineNames = [...new Set([...namesOf(root?.["machines"]), ...machines])];
  const tagNames = [...new Set([...namesOf(root?.["tags"]), ...tags, "all", "nixos", "darwin"])];
  if (/^instances\/[^/]*\/roles\/[^/]*\/machines(\/#)?$/.test(at)) {
    return machineNames;
  }
  if (/^instances\/[^/]*\/roles\/[^/]*\/tags(\/#)?$/.test(at)) {
    return tagNames;
  }
  if (/^machines\/[^/]*\/tags(\/#)?$/.test(at) && (kind === "value" || at.endsWith("#"))) {
    return tagNames;
  }
  if (/^tags\/[^/]*\/(anyOf|allOf|noneOf)(\/#)?$/.test(at)) {
    return tagNames;
  }
  if (/^tags\/[^/]*(\/(machines|except))?\/#$/.test(at)) {
    return machineNames;
  }
  return [];
}

function namesOf(part: unknown): readonly string[] {
  if (Array.isArray(part)) {
    return part.filter((name) => typeof name === "string");
  }
  return typeof part === "object" && part !== null ? Object.keys(part) : [];
}

/** The first line next to the name, the rest in a box. */
function describe({ description }: Schema): Partial<Completion> {
  return typeof description === "string" && description !== "" ? { info: description } : {};
}

function unique(completions: readonly Completion[]): readonly Completion[] {
  return [...new Map(completions.map((completion) => [completion.label, completion])).values()];
}

const specialForms: readonly Completion[] = [
  ["!path", "a Nix path, relative to this file"],
  ["!fileContents", "the text of a file, read by Nix"],
  ["!ref", "an attribute: inputs.srvos.nixosModules.server"],
  ["!interpolate", 'a text with references in it: "nb.${self.domain}"'],
  ["!concat", "one list of several: [[a, b], [c]]"],
  ["!value", "the value of that name under 'values'"],
  ["!modulesIn", "the modules in a folder"],
  ["!nix", "raw Nix; must be allowed in the options"],
  ["!mkForce", "wins over everything else: priority 50"],
  ["!mkDefault", "gives way to everything else: priority 1000"],
  ["!mkOverride", "[priority, value]"],
  ["!mkBefore", "goes to the front of a list"],
  ["!mkAfter", "goes to the end of a list"],
  ["!mkOrder", "[order, value]"],
].map(([label, info]) => ({ label: label!, apply: `${label!} `, info: info!, type: "form" }));
