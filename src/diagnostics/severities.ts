import type { SeverityRule } from "../model/options.js";
import { codes } from "./codes.js";
import type { Finding } from "./diagnostic.js";
import { didYouMean, nearest } from "./suggest.js";

/**
 * The findings with the severities that the last rule for their code gives them. An error that
 * leaves nothing to compile in its place stays one. Throws a `TypeError` for an unknown code.
 */
export function applySeverities(
  findings: readonly Finding[],
  rules: readonly SeverityRule[],
): readonly Finding[] {
  if (rules.length === 0) {
    return findings;
  }
  const severityOf = lastRules(rules);
  return findings.flatMap((finding) => {
    const severity = severityOf(finding.code);
    if (severity === undefined || isFirm(finding)) {
      return [finding];
    }
    return severity === "ignore" ? [] : [{ ...finding, severity }];
  });
}

/** Whether a finding is an error that nothing can lower or silence. */
export function isFirm({ code, severity }: Finding): boolean {
  return severity === "error" && codes[code].staysError === true;
}

/** What is wrong with a word for the code of a rule, if anything. */
export function codeMistake(word: string): string | undefined {
  const words = [...Object.keys(codes), "all"];
  return words.includes(word) ? undefined : unknownCode(word, words);
}

export function unknownCode(word: string, known: readonly string[]): string {
  return `no code is named '${word}'${didYouMean(nearest(word, known))}`;
}

function lastRules(
  rules: readonly SeverityRule[],
): (code: string) => SeverityRule["severity"] | undefined {
  const severities = new Map<string, SeverityRule["severity"]>();
  for (const { code, severity } of rules) {
    const mistake = codeMistake(code);
    if (mistake !== undefined) {
      throw new TypeError(`the option 'severities': ${mistake}`);
    }
    if (code === "all") {
      severities.clear();
    }
    severities.set(code, severity);
  }
  return (code) => severities.get(code) ?? severities.get("all");
}
