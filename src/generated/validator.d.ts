/** What ajv says about a value that has not the shape of the schema. */
export type ShapeError = { readonly instancePath: string } & (
  | { readonly keyword: "type"; readonly params: { readonly type: string | readonly string[] } }
  | {
      readonly keyword: "additionalProperties";
      readonly params: { readonly additionalProperty: string };
    }
  | { readonly keyword: "propertyNames"; readonly params: { readonly propertyName: string } }
  | {
      readonly keyword: "enum";
      readonly params: { readonly allowedValues: readonly (string | null)[] };
    }
  | { readonly keyword: "pattern"; readonly params: { readonly pattern: string } }
  | {
      readonly keyword: "minProperties" | "maxProperties";
      readonly params: { readonly limit: number };
    }
);

/** Everything about `value` that the schema does not allow. */
export function findShapeErrors(value: unknown): readonly ShapeError[];
