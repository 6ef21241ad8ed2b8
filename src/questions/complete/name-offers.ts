import { describeRole, describeService } from "../../catalogue/describe-service.js";
import { defaultInput } from "../../model/catalogue.js";
import type { Path } from "../../model/origin.js";
import type { Offer } from "./offer.js";
import type { Surroundings } from "./surroundings.js";

/** Names where the shape of inventories asks for them, by the path with `*` for names. */
export function nameOffers(path: Path, surroundings: Surroundings): readonly Offer[] {
  const isItem = typeof path.at(-1) === "number";
  const holder = isItem ? path.slice(0, -1) : path;
  const offers = offersIn(holder, surroundings);
  return isItem
    ? offers.filter(({ as }) => as === "item").map((offer) => ({ ...offer, as: "value" }))
    : offers;
}

function offersIn(path: Path, surroundings: Surroundings): readonly Offer[] {
  const [root, name, ...rest] = path.map(String);
  switch (root) {
    case "machines":
      return name === undefined
        ? keysOrItems(machineOffers(surroundings.known("machine"), surroundings))
        : rest.join() === "tags"
          ? as("item", tagOffers(surroundings))
          : [];
    case "tags":
      return tagPlaces(name, rest, surroundings);
    case "instances":
      return name === undefined
        ? [...serviceOffers(defaultInput, surroundings).map(asInstance), ...others(surroundings)]
        : instancePlaces(name, rest, surroundings);
    default:
      return [];
  }
}

function asInstance(service: Offer): Offer {
  return { ...service, as: "key", shape: "map" };
}

/** Instances of other sources, which may have roles here. */
function others(surroundings: Surroundings): readonly Offer[] {
  const names = surroundings.declared("instance");
  return names.map((name, rank) => named(name, "instance", "key", 500 + rank, "map"));
}

function tagPlaces(
  tag: string | undefined,
  rest: readonly string[],
  surroundings: Surroundings,
): readonly Offer[] {
  const [key, ...others] = rest;
  if (tag === undefined) {
    const names = surroundings.known("tag");
    return names.map((name, rank) => named(name, "tag", "key", rank, "listOrMap"));
  }
  if (others.length > 0) {
    return [];
  }
  if (key === undefined || key === "machines" || key === "except") {
    return as("item", machineOffers(surroundings.declared("machine"), surroundings));
  }
  const isOther = ({ label }: Offer) => label !== tag;
  return as("item", tagOffers(surroundings).filter(isOther));
}

function instancePlaces(
  instance: string,
  rest: readonly string[],
  surroundings: Surroundings,
): readonly Offer[] {
  const [part, role, of, ...others] = rest;
  const module = surroundings.moduleOf(instance);
  if (part === "module") {
    switch (role) {
      case undefined:
        return [...surroundings.catalogue.inputs.keys()].flatMap((input) =>
          serviceOffers(input, surroundings).map((offer) => inputLong(offer, input)),
        );
      case "name":
        return [module.input, ...surroundings.catalogue.inputs.keys()].flatMap((input) =>
          serviceOffers(input, surroundings),
        );
      default:
        return surroundings.inputs().map((input, rank) => named(input, "input", "value", rank));
    }
  }
  if (part !== "roles" || others.length > 0) {
    return [];
  }
  if (role === undefined) {
    return roleOffers(instance, surroundings);
  }
  switch (of) {
    case "machines":
      return as("item", machineOffers(surroundings.declared("machine"), surroundings), true);
    case "tags":
      return as("item", tagOffers(surroundings), true);
    default:
      return [];
  }
}

/** A service of another input than Clan's own takes both words. */
function inputLong(offer: Offer, input: string): Offer {
  return input === defaultInput
    ? offer
    : {
        ...offer,
        text: `{ name: ${JSON.stringify(offer.label)}, input: ${JSON.stringify(input)} }`,
      };
}

function serviceOffers(input: string, { catalogue }: Surroundings): readonly Offer[] {
  const set = catalogue.inputs.get(input);
  return [...(set?.services.keys() ?? [])].sort().map((name, rank) => ({
    ...named(name, "service", "value", input === defaultInput ? rank : 400 + rank),
    detail: input,
    describe: () => describeService(catalogue, { name, input })?.text,
  }));
}

function roleOffers(instance: string, surroundings: Surroundings): readonly Offer[] {
  const { catalogue } = surroundings;
  const module = surroundings.moduleOf(instance);
  const service = catalogue.inputs.get(module.input)?.services.get(module.name);
  const names = service === undefined ? surroundings.rolesOf(module) : service.roles.keys();
  return [...new Set(names)].map((name, rank) => ({
    ...named(name, "role", "key", rank, "map"),
    detail: `role of ${module.name}`,
    describe: () => describeRole(catalogue, module, name)?.text,
  }));
}

function machineOffers(names: readonly string[], surroundings: Surroundings): readonly Offer[] {
  return names.map((name, rank) => {
    const detail = surroundings.describeMachine(name);
    const offer = named(name, "machine", "item", rank, "map");
    return detail === undefined ? offer : { ...offer, detail };
  });
}

function tagOffers(surroundings: Surroundings): readonly Offer[] {
  const holders = surroundings.holders();
  return surroundings.declared("tag").map((name, rank) => {
    const count = holders.get(name) ?? 0;
    const offer = named(name, "tag", "item", rank, "map");
    return { ...offer, detail: count === 1 ? "1 machine" : `${count} machines` };
  });
}

/** The same as keys, too, where a map is there already; a list comes first. */
function as(kind: Offer["as"], offers: readonly Offer[], mayBeKeys = false): readonly Offer[] {
  const first = offers.map((offer) => ({ ...offer, as: kind }));
  return mayBeKeys ? [...first, ...offers.map((offer): Offer => ({ ...offer, as: "key" }))] : first;
}

/** The other way round. */
function keysOrItems(offers: readonly Offer[]): readonly Offer[] {
  return [...offers.map((offer): Offer => ({ ...offer, as: "key" })), ...as("item", offers)];
}

function named(
  label: string,
  kind: Offer["kind"],
  as: Offer["as"],
  rank: number,
  shape?: Offer["shape"],
): Offer {
  return { label, kind, as, rank, ...(shape !== undefined && { shape }) };
}
