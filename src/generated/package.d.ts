/** The version of this package. */
export const version: string;

/** The JSON Schema of inventories: the text of `schema/inventory.schema.json`. */
export const inventorySchema: string;
