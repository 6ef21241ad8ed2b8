import type { ServiceName } from "../../catalogue/describe-service.js";
import { inputOf } from "../../model/catalogue.js";
import type { View } from "../view.js";

/** The service that an instance is of. */
export function serviceNameOf({ inventory }: View, name: string): ServiceName {
  const instance = inventory?.inventory.instances.get(name);
  return instance === undefined
    ? { name }
    : { name: instance.module.get("name")?.value ?? name, input: inputOf(instance) };
}
