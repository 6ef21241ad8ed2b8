import { ErrorCodes, ResponseError } from "./protocol.js";

/** What the parameters of a request about a file may have to hold. */
export type Field = keyof typeof checks;

/** The error of a request whose parameters lack one of the fields, or have another type there. */
export function invalidParams(
  params: unknown,
  fields: readonly Field[],
): ResponseError | undefined {
  const given = isObject(params) ? params : {};
  const wrong = fields.find((field) => !checks[field](given[field]));
  return wrong === undefined
    ? undefined
    : new ResponseError(ErrorCodes.InvalidParams, `'${wrong}' is missing or of the wrong type`);
}

const checks = {
  capabilities: isObject,
  rootUri: (value: unknown) => value == null || typeof value === "string",
  workspaceFolders: (value: unknown) =>
    value == null || (Array.isArray(value) && value.every(isFolder)),
  label: (value: unknown) => typeof value === "string",
  textDocument: (value: unknown) => isObject(value) && typeof value["uri"] === "string",
  position: isPosition,
  range: (value: unknown) =>
    isObject(value) && isPosition(value["start"]) && isPosition(value["end"]),
  context: (value: unknown) =>
    isObject(value) && (value["only"] == null || Array.isArray(value["only"])),
  newName: (value: unknown) => typeof value === "string",
};

function isFolder(value: unknown): boolean {
  return isObject(value) && typeof value["uri"] === "string";
}

function isPosition(value: unknown): boolean {
  return isObject(value) && isCount(value["line"]) && isCount(value["character"]);
}

/** Also above what the protocol allows, because editors say "to the end" with large numbers. */
function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0;
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null;
}
