import { ErrorCodes, ResponseError } from "./protocol.js";

/** What the parameters of a request about a file may have to hold. */
export type Field = keyof typeof checks;

/** The error of a request whose parameters lack one of the fields, or hold something else there. */
export function invalidParams(
  params: unknown,
  fields: readonly Field[],
): ResponseError | undefined {
  const given = isObject(params) ? params : {};
  const wrong = fields.find((field) => !checks[field](given[field]));
  return wrong === undefined
    ? undefined
    : new ResponseError(ErrorCodes.InvalidParams, `'${wrong}' is missing or of another type`);
}

const checks = {
  textDocument: (value: unknown) => isObject(value) && typeof value["uri"] === "string",
  position: isPosition,
  range: (value: unknown) =>
    isObject(value) && isPosition(value["start"]) && isPosition(value["end"]),
  context: (value: unknown) =>
    isObject(value) && (value["only"] == null || Array.isArray(value["only"])),
  newName: (value: unknown) => typeof value === "string",
};

function isPosition(value: unknown): boolean {
  return isObject(value) && Number.isFinite(value["line"]) && Number.isFinite(value["character"]);
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null;
}
