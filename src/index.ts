export { check, compile, type Compilation } from "./compile.js";
export { codes, type Code, type Diagnostic, type Severity } from "./diagnostics.js";
export { formatDiagnostics, type FormatOptions } from "./format.js";
export type { InventoryInput } from "./input.js";
export type { MachineClass } from "./inventory.js";
export type { CompileOptions, Limits } from "./options.js";
export type { Position, Range, Source, SourceFormat } from "./source.js";
