import type { Host } from "./host.js";
import { kindOf } from "./kind-of.js";

/** The nearest folder, from this one upward, that holds something with this name. */
export function findUpward(name: string, folder: string, host: Host): string | undefined {
  const { paths } = host;
  for (let at = folder; ; at = paths.dirname(at)) {
    if (kindOf(paths.join(at, name), host) !== undefined) {
      return at;
    }
    if (paths.dirname(at) === at) {
      return undefined;
    }
  }
}
