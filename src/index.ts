export { editorSchema } from "./catalogue/editor-schema.js";
export { completeCatalogue, readCatalogue } from "./catalogue/read-catalogue.js";
export {
  Analysis,
  analyze,
  type CheckResult,
  type CompileResult,
  check,
  compile,
  type ExplainResult,
  explain,
  type PlanResult,
  plan,
} from "./compile.js";
export { type Code, type CodeDescription, codes, type Example } from "./diagnostics/codes.js";
export type { Applicability, Diagnostic, Fix, Severity } from "./diagnostics/diagnostic.js";
export { codeActions, type Stretch } from "./edit/actions-at.js";
export type { CodeAction } from "./edit/code-action.js";
export { type EditResult, edit } from "./edit/edit-inventory.js";
export { type FixResult, fix } from "./edit/fix.js";
export type {
  AddInstance,
  AddMachine,
  AssignRole,
  InventoryChange,
  RemoveName,
  RenameName,
  SetValue,
  TagMachines,
  UnsetValue,
} from "./edit/inventory-change.js";
export { prepareRename, type Renamable, rename } from "./edit/rename.js";
export { version } from "./generated/package.js";
export type { Catalogue, Service, ServiceRole, ServiceSet } from "./model/catalogue.js";
export type { Data, DataMap } from "./model/data.js";
export { type InventoryInput, sourceOf } from "./model/inventory-input.js";
export type { MachineClass } from "./model/machine-fields.js";
export type {
  CompileOptions,
  EmitMode,
  Files,
  Limits,
  OutputLanguage,
  SeverityRule,
} from "./model/options.js";
export type { Path } from "./model/origin.js";
export type { Schema } from "./model/setting-schema.js";
export type { Position, Range, Source, SourceFormat } from "./model/source.js";
export { Float } from "./model/value.js";
export { type Completion, type Completions, complete } from "./questions/complete.js";
export { definition } from "./questions/definition.js";
export {
  type Change,
  type Difference,
  diff,
  isEmptyDifference,
  type MachineDifference,
  type RoleDifference,
  type RoleDifferences,
  type RoleName,
} from "./questions/diff.js";
export type {
  Absence,
  DefinitionExplanation,
  Explanation,
  Fate,
  MemberReason,
  Membership,
  Question,
  SettingExplanation,
  TagExplanation,
  TagReason,
  ValueSource,
} from "./questions/explanation.js";
export { filterPlan, type PlanFilter } from "./questions/filter-plan.js";
export { highlights } from "./questions/highlights.js";
export { type Hover, hover } from "./questions/hover.js";
export { type Inlay, inlays } from "./questions/inlays.js";
export type {
  InstancePlan,
  MachinePlan,
  ModulePlan,
  Named,
  Plan,
  RolePlan,
  Through,
} from "./questions/plan.js";
export { type Reference, references } from "./questions/references.js";
export { type OutlineSymbol, type SymbolKind, symbols } from "./questions/symbols.js";
export type { At, View } from "./questions/view.js";
export { type FormatOptions, formatDiagnostics } from "./show/format-diagnostics.js";
export type { ShowOptions } from "./show/layout.js";
export { graph } from "./show/mermaid.js";
export { showDifference } from "./show/show-difference.js";
export { showDifferenceAsMarkdown } from "./show/show-difference-markdown.js";
export { showExplanation } from "./show/show-explanation.js";
export { showJson } from "./show/show-json.js";
export { showPlan } from "./show/show-plan.js";
export { showPlanSummary } from "./show/show-plan-summary.js";
