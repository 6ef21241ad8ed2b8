import { codeTable } from "./code-table.js";

/** What is wrong with JSON. */
export const jsonCodes = codeTable({
  "json-syntax": {
    severity: "error",
    staysError: true,
    summary: "A word, number or key that JSON does not have.",
    why: "Other languages write `True`, `01` or `0x1f`; a reader of JSON has to guess what is meant.",
    fix: "Write `true`, `false` or `null`, plain decimal numbers, and everything else in double quotes.",
    example: { files: { "inventory.json": ['{ "machines": { "web": { "tags": [public] } } }'] } },
    instead: { files: { "inventory.json": ['{ "machines": { "web": { "tags": ["public"] } } }'] } },
  },
  "json5-syntax": {
    severity: "error",
    summary: "A comment, a trailing comma, or single or no quotes in JSON.",
    why: "JSON5 allows them, but other programs that read the file may not.",
    fix: "Remove them, or rename the file to end in `.yaml`, which allows the same with `#` for comments.",
    example: { files: { "inventory.json": ['{ "machines": { "web": {}, } }'] } },
    instead: { files: { "inventory.json": ['{ "machines": { "web": {} } }'] } },
  },
});
