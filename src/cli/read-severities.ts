import { codeMistake } from "../diagnostics/severities.js";
import type { SeverityRule } from "../model/options.js";
import type { FlagName } from "./command-table.js";
import type { Invocation } from "./parse-arguments.js";

/** The rules of `--error`, `--warn` and `--ignore`, in the order given. */
export function readSeverities({ inOrder }: Invocation): {
  severities: readonly SeverityRule[];
  mistakes: readonly string[];
} {
  const given = inOrder.flatMap(([flag, code]) => {
    const severity = severityByFlag[flag];
    return severity === undefined ? [] : [{ flag, code, severity }];
  });
  return {
    severities: given,
    mistakes: given.flatMap(({ flag, code }) => {
      const mistake = codeMistake(code);
      return mistake === undefined ? [] : [`'--${flag}' needs a code or 'all': ${mistake}`];
    }),
  };
}

const severityByFlag: { readonly [flag in FlagName]?: SeverityRule["severity"] } = {
  error: "error",
  warn: "warning",
  ignore: "ignore",
};
