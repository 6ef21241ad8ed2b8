import type { Service, ServiceSet } from "../model/catalogue.js";
import type { Code } from "./codes.js";
import type { Finding, Place } from "./diagnostic.js";
import { error, type FindingDetails } from "./finding.js";

/** An instance whose service is in the catalogue. */
export interface ServiceUse {
  readonly instanceName: string;
  readonly serviceName: string;
  readonly service: Service;
  readonly set: ServiceSet;
}

/**
 * A finding with the severity of the catalogue. A warning names the version of the catalogue, which
 * may not be the user's.
 */
export function byCatalogue(
  set: ServiceSet,
  code: Code,
  place: Place,
  message: string,
  more: FindingDetails = {},
): Finding {
  const version =
    set.severity === "warning"
      ? `checked against ${set.input} as of ${set.date} (${set.from === undefined ? "" : `from ${set.from}; `}--services for another)`
      : undefined;
  const help = [more.help, version].filter((part) => part !== undefined).join("; ");
  return {
    ...error(code, place, message, { ...more, ...(help !== "" && { help }) }),
    severity: set.severity,
  };
}
