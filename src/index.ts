export { readCatalogue } from "./catalogue/read-catalogue.js";
export {
  type Compilation,
  check,
  compile,
  type Explaining,
  explain,
  type Planning,
  plan,
} from "./compile.js";
export { type Code, codes } from "./diagnostics/codes.js";
export type { Diagnostic, Severity } from "./diagnostics/diagnostic.js";
export type { Catalogue } from "./model/catalogue.js";
export type { Data, DataMap } from "./model/data.js";
export type { InventoryInput } from "./model/inventory-input.js";
export type { MachineClass } from "./model/machine-fields.js";
export type { CompileOptions, Limits } from "./model/options.js";
export type { Position, Range, Source, SourceFormat } from "./model/source.js";
export type { Float } from "./model/value.js";
export {
  type Change,
  type Difference,
  diff,
  isEmptyDifference,
  type MachineDifference,
  type RoleDifference,
} from "./questions/diff.js";
export type { Explanation, Membership, Question, SettingExplanation } from "./questions/explain.js";
export { filterPlan, type PlanFilter } from "./questions/filter-plan.js";
export type { InstancePlan, MachinePlan, Plan, RolePlan } from "./questions/plan.js";
export { type FormatOptions, formatDiagnostics } from "./show/format-diagnostics.js";
export { graph } from "./show/mermaid.js";
export { showDifference } from "./show/show-difference.js";
export { showExplanation } from "./show/show-explanation.js";
export { showJson } from "./show/show-json.js";
export { showPlan } from "./show/show-plan.js";
