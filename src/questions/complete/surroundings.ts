import { type Catalogue, defaultInput } from "../../model/catalogue.js";
import { type Data, type DataMap, isDataMap, valueAt } from "../../model/data.js";
import { predefinedTags } from "../../model/machine-fields.js";
import { sortedNames } from "../../model/name-order.js";
import type { Files } from "../../model/options.js";
import type { Path } from "../../model/origin.js";
import type { Source } from "../../model/source.js";
import type { CursorPlace } from "../../text/cursor-place.js";
import { type NameKind, type Occurrence, occurrencesIn } from "../occurrences.js";
import type { View } from "../view.js";

/** The service that an instance is of. */
export interface Module {
  readonly name: string;
  readonly input: string;
}

/** What all sources say of names, services and settings, except for the word that is being typed. */
export class Surroundings {
  /** What the sources say; the one with the cursor as it is now, and as it was last read. */
  private readonly all: readonly Data[];
  private readonly path: Path;
  /** The word that is being typed, which is no name yet. */
  readonly word: string;

  constructor(
    private readonly view: View,
    readonly source: Source,
    /** As much of the source as can be read now, if not all of it. */
    present: Data | undefined,
    { path, span }: Pick<CursorPlace, "path" | "span">,
  ) {
    this.path = path;
    this.word = source.text
      .slice(span.start, span.end)
      .trim()
      .replace(/^["']|["']$/g, "");
    const read = [...view.lastRead.values()];
    const values = read.flatMap((document) => (document === undefined ? [] : [document.value]));
    this.all = present === undefined ? values : [present, ...values];
  }

  get catalogue(): Catalogue {
    return this.view.catalogue;
  }

  get files(): Files {
    return this.view.files;
  }

  /** Names that are declared, or known from outside, or implied; sorted. */
  declared(kind: NameKind): readonly string[] {
    const names = new Set(kind === "tag" ? predefinedTags : []);
    for (const { name, path, isDeclaration } of this.occurrences(kind)) {
      if (isDeclaration || (kind === "tag" && path[0] === "machines")) {
        names.add(name);
      }
    }
    for (const name of kind === "machine" ? this.outside() : []) {
      names.add(name);
    }
    return sortedNames(names);
  }

  /** Names that something refers to or declares, those first that nothing declares yet. */
  known(kind: NameKind): readonly string[] {
    const declared = new Set(this.declared(kind));
    const others = new Set(kind === "machine" ? this.outside() : []);
    for (const { name } of this.occurrences(kind)) {
      if (!declared.has(name) && !(kind === "tag" && /[*?]/.test(name))) {
        others.add(name);
      }
    }
    const predefined = kind === "tag" ? predefinedTags : [];
    return [
      ...sortedNames(others),
      ...[...declared].filter((name) => !others.has(name) && !predefined.includes(name)),
    ];
  }

  private *occurrences(kind: NameKind): Iterable<Occurrence> {
    for (const data of this.all) {
      for (const occurrence of occurrencesIn(data)) {
        if (occurrence.kind === kind && !this.isTyped(occurrence)) {
          yield occurrence;
        }
      }
    }
  }

  /** Whether it is the word at the cursor. */
  private isTyped({ path }: Occurrence): boolean {
    return path.length === this.path.length && path.every((step, at) => step === this.path[at]);
  }

  /** Machines that no source declares, but that are known. */
  private outside(): readonly string[] {
    const { inventory } = this.view;
    return inventory === undefined
      ? []
      : [...inventory.machineClasses.keys()].filter(
          (name) => !inventory.inventory.machines.has(name),
        );
  }

  /** How many machines have a tag. */
  holders(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const tags of this.view.inventory?.machineTags.values() ?? []) {
      for (const tag of tags) {
        counts.set(tag, (counts.get(tag) ?? 0) + 1);
      }
    }
    return counts;
  }

  /** What a machine is for, or else its class. */
  describeMachine(name: string): string | undefined {
    const { inventory } = this.view;
    const description = inventory?.inventory.machines.get(name)?.fields.description;
    return typeof description === "string" ? description : inventory?.machineClasses.get(name);
  }

  /** The names of the values that `!value` takes. */
  sharedValues(): readonly string[] {
    return sortedNames(new Set(this.all.flatMap((data) => keysAt(data, ["values"]))));
  }

  /** The flake inputs that bring services. */
  inputs(): readonly string[] {
    const used = this.instances().flatMap(({ instance }) => {
      const input = valueAt(instance, ["module", "input"]);
      return typeof input === "string" && input !== "" ? [input] : [];
    });
    const typed = this.all.map((data) => valueAt(data, this.path));
    const others = used.filter((input) => !typed.includes(input));
    return [...new Set([...this.catalogue.inputs.keys(), "self", ...others])];
  }

  moduleOf(instance: string): Module {
    const modules = this.all.map((data) => valueAt(data, ["instances", instance, "module"]));
    const first = (key: string) =>
      modules
        .map((module) => (key === "name" && !isDataMap(module) ? module : valueAt(module, [key])))
        .find((word) => typeof word === "string" && word !== "") as string | undefined;
    return { name: first("name") ?? instance, input: first("input") ?? defaultInput };
  }

  /** Roles that instances of a service have. */
  rolesOf(module: Module): readonly string[] {
    return this.instancesOf(module).flatMap(({ instance }) => keysAt(instance, ["roles"]));
  }

  /** What settings of a role are at a path, wherever an instance of the service has them. */
  settingsAt(module: Module, role: string, path: Path): readonly Data[] {
    const found: Data[] = [];
    const add = (holder: Data | undefined) => {
      const value = valueAt(holder, ["settings", ...path]);
      if (value !== undefined) {
        found.push(value);
      }
    };
    for (const { instance } of this.instancesOf(module)) {
      const of = valueAt(instance, ["roles", role]);
      add(of);
      for (const key of ["machines", "tags"]) {
        for (const name of keysAt(of, [key])) {
          add(valueAt(of, [key, name]));
        }
      }
    }
    return found;
  }

  private instancesOf({ name, input }: Module) {
    return this.instances().filter((other) => {
      const module = this.moduleOf(other.name);
      return module.name === name && module.input === input;
    });
  }

  private instances(): readonly { readonly name: string; readonly instance: DataMap }[] {
    return this.all.flatMap((data) =>
      keysAt(data, ["instances"]).flatMap((name) => {
        const instance = valueAt(data, ["instances", name]);
        return isDataMap(instance) ? [{ name, instance }] : [];
      }),
    );
  }
}

export function keysAt(data: Data | undefined, path: Path): readonly string[] {
  const value = valueAt(data, path);
  return isDataMap(value) ? Object.keys(value) : [];
}
