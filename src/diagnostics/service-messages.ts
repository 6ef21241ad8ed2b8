import { defaultInput, type MovedService, type ServiceSet } from "../model/catalogue.js";
import type { Origin } from "../model/origin.js";
import { mostListed } from "../model/setting-schema.js";
import { byCatalogue, type ServiceUse } from "./by-catalogue.js";
import type { Finding, Place, ProposedFix } from "./diagnostic.js";
import { note } from "./finding.js";
import { changeData, type Guess, guess, replaceName } from "./fixes.js";
import { didYouMean, editDistance, type KnownNames, nearest } from "./suggest.js";
import { clipped, firstNames, joinNames, listed, machines, maxName, quoted } from "./words.js";

export function movedService(
  place: Place,
  service: string,
  set: ServiceSet,
  { input, url }: MovedService,
): Finding {
  const message = `${quoted(service)} has moved from ${set.input} to ${quoted(input)}`;
  const from = url === undefined ? "" : ` (${url})`;
  return byCatalogue(set, "unknown-service", place, message, {
    help: `make ${input}${from} an input of the flake, and write module: { name: ${service}, input: ${input} }`,
  });
}

/** `place` is what pins clan-core; `latest` is the day of the latest revision that is built in. */
export function newerClanCore(place: Place, date: string, latest: string): Finding {
  const message = `clan-core of ${date} is newer than the services that are built in, of ${latest}`;
  return note("newer-clan-core", place, message, {
    help: "to check against it: nix eval --json .#clanInternals.inventoryClass.moduleSchemas > services.json, then --services services.json",
  });
}

export function tooFewMachines(
  place: Place,
  role: string,
  count: number,
  minimum: number,
  use: ServiceUse,
): Finding {
  return byCatalogue(
    use.set,
    "member-count",
    place,
    `role ${quoted(role)} of ${quoted(use.serviceName)} needs at least ${machines(minimum)}, but has ${count === 0 ? "none" : count} in ${quoted(use.instanceName)}`,
  );
}

/** `instances` are all those of one service. */
export function tooManyInstances(
  instances: readonly (ServiceUse & { readonly instance: { readonly origin: Origin } })[],
  maximum: number,
): Finding {
  const [excess, ...rest] = instances.slice(maximum);
  const { set, serviceName, instance } = excess!;
  const others = [...instances.slice(0, maximum), ...rest];
  return byCatalogue(
    set,
    "member-count",
    instance.origin,
    `${quoted(serviceName)} allows at most ${maximum === 1 ? "one instance" : `${maximum} instances`}`,
    {
      related: others.map(({ instanceName, instance }) => ({
        message: `${quoted(instanceName)} is another`,
        place: instance.origin,
      })),
    },
  );
}

export function tooManyMachines(
  place: Place,
  role: string,
  members: readonly string[],
  maximum: number,
  use: ServiceUse,
): Finding {
  const shown = members.slice(0, Math.min(maximum + 1, mostListed));
  const others = members.length > shown.length ? ` and ${members.length - shown.length} more` : "";
  return byCatalogue(
    use.set,
    "member-count",
    place,
    `role ${quoted(role)} of ${quoted(use.serviceName)} allows at most ${machines(maximum)}, but has ${members.length} in ${quoted(use.instanceName)}: ${shown.map(quoted).join(", ")}${others}`,
  );
}

/** `input` is a flake input that no catalogue knows. */
export function uncheckedInput(place: Place, input: string, service: string): Finding {
  const message = `settings of services from '${input}' are not checked`;
  return note("unchecked-input", place, message, {
    help: `'${service}' looks like that of ${defaultInput}: if it is, pass --clan-core-input ${input}, else a catalogue with --services`,
  });
}

export function unknownRole(
  place: Place,
  role: string,
  known: KnownNames,
  use: ServiceUse,
): Finding {
  const { suggestion, fixes } = guess(place, role, known.near);
  return byCatalogue(
    use.set,
    "unknown-role",
    place,
    `${quoted(use.serviceName)} has no role ${quoted(role)}${suggestion}`,
    {
      fixes,
      ...(suggestion === "" &&
        known.all.length <= mostListed && { help: `it has ${enumerated("role", known.all)}` }),
    },
  );
}

/** `uses` are all roles, two at least, of an instance without a module: it means another service. */
export function unknownRoles(
  uses: readonly { readonly name: string; readonly place: Place }[],
  use: ServiceUse,
): Finding {
  const [{ place }, ...others] = uses as [(typeof uses)[number]];
  const names = joinNames(firstNames(uses.map(({ name }) => quoted(name))));
  const message = `${quoted(use.serviceName)} has none of the roles ${names}`;
  return byCatalogue(use.set, "unknown-role", place, message, {
    related: others.map(({ name, place }) => ({ message: `${quoted(name)} is here`, place })),
    help: "without 'module', an instance uses the service of its own name; for another, write module: { name: … }",
  });
}

/**
 * `isNamed`: whether the instance names its module; `known`: the services of the set; `elsewhere`:
 * another set that has such a service.
 */
export function unknownService(
  place: Place,
  service: string,
  isNamed: boolean,
  set: ServiceSet,
  known: KnownNames,
  elsewhere: ServiceSet | undefined,
): Finding {
  const { suggestion, fixes } = guessService(place, service, set, known);
  const near = isNamed
    ? undefined
    : (nearest(service, known.near)[0] ??
      service.split(/[^a-zA-Z0-9]/).find((part) => set.services.has(part)));
  const help =
    elsewhere !== undefined
      ? `${quoted(elsewhere.input)} has it: write module: { name: ${clipped(service, maxName)}, input: ${elsewhere.input} }`
      : near !== undefined
        ? `if this is an instance of ${quoted(near)}, write module: ${near}`
        : known.all.length <= mostListed
          ? `it has ${enumerated("service", known.all)}`
          : "for a service of another flake input write module: { name: …, input: … }";
  return byCatalogue(
    set,
    "unknown-service",
    place,
    `${set.input} has no service ${quoted(service)}${suggestion}`,
    {
      fixes: isNamed ? fixes : near === undefined ? [] : nameService(place, service, near),
      ...(!(isNamed && suggestion !== "") && { help }),
    },
  );
}

/** An instance is of a service that it does not name: its own name is misspelt, or its module missing. */
function nameService(place: Place, instance: string, service: string): readonly ProposedFix[] {
  const named = changeData(place, `write module: ${service}`, "unsafe", (path) => [
    { kind: "insertEntry", path: [...path, "module"], value: service, index: 0 },
  ]);
  const limit = service.length < 8 ? 1 : 2;
  const isTypo =
    /^[a-z-]+$/i.test(instance) && editDistance(instance.toLowerCase(), service, limit) <= limit;
  return isTypo ? [replaceName(place, service), ...named] : named;
}

/** The last part of a path such as `clan-core/users` may be the name. */
function guessService(place: Place, service: string, set: ServiceSet, known: KnownNames): Guess {
  const last = service.slice(service.search(/[^./#:]*$/));
  return last !== service && set.services.has(last)
    ? { suggestion: didYouMean([last]), fixes: [replaceName(place, last)] }
    : guess(place, service, known.near);
}

/** `no roles`, `only the role 'a'`, `the roles 'a' and 'b'` */
function enumerated(noun: string, names: readonly string[]): string {
  if (names.length === 0) {
    return `no ${noun}s`;
  }
  return names.length === 1 ? `only the ${noun} ${listed(names)}` : `the ${noun}s ${listed(names)}`;
}
