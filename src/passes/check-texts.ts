import type { Report } from "../diagnostics/diagnostic.js";
import {
  dottedSetting,
  formAsText,
  nixExpressionAsText,
  nixFunctionAsText,
  nixInterpolationAsText,
  nixWrapperAsKey,
  pathAsText,
  secretInStore,
} from "../diagnostics/habit-messages.js";
import { type Catalogue, serviceOf } from "../model/catalogue.js";
import { type Data, isDataMap } from "../model/data.js";
import type { Inventory, Role } from "../model/inventory.js";
import type { Origin } from "../model/origin.js";
import { isList, isMap, type Value, type ValueMap } from "../model/value.js";

/**
 * Warns of settings and inline modules that say something else than their author meant: Nix code, a
 * path or a secret as text, and keys with dots. `written` is the data at an origin.
 */
export function checkTexts(
  { instances }: Inventory,
  catalogue: Catalogue,
  written: (origin: Origin) => Data | undefined,
  report: Report,
): void {
  const seen = new Set<Value>();
  for (const [instanceName, instance] of instances) {
    const service = serviceOf(instanceName, instance, catalogue);
    for (const [roleName, role] of instance.roles) {
      const context = {
        seen,
        report,
        written,
        isTyped: service?.roles.get(roleName)?.settings !== undefined,
      };
      for (const { value, origin } of definitionsOf(role)) {
        checkValue(value, origin, context);
      }
      const modules = { ...context, isTyped: true };
      for (const { value, origin } of role.extraModules) {
        // A text is the path of a module.
        if (isMap(value)) {
          checkValue(value, origin, modules);
        } else if (typeof value === "string") {
          checkForm(value, origin, report);
        }
      }
    }
  }
}

interface Context {
  /** Maps and lists that were checked: aliases share them, and a mistake is found once. */
  readonly seen: Set<Value>;
  /** Whether a catalogue knows the settings, and so which of their keys are data. */
  readonly isTyped: boolean;
  readonly written: (origin: Origin) => Data | undefined;
  readonly report: Report;
}

function* definitionsOf(
  role: Role,
): Iterable<{ readonly value: ValueMap; readonly origin: Origin }> {
  yield* role.settings;
  for (const assignments of [role.machines, role.tags]) {
    for (const { settings } of assignments.values()) {
      yield* settings;
    }
  }
}

function checkValue(value: Value, origin: Origin, context: Context): void {
  if (typeof value === "string") {
    checkText(value, origin, context);
    return;
  }
  if (typeof value !== "object" || value === null || context.seen.has(value)) {
    return;
  }
  context.seen.add(value);
  if (isList(value)) {
    value.forEach((item, index) => checkItem(item, origin, index, context));
  } else if (isMap(value)) {
    checkKeys(value, origin, context);
    for (const key of Object.keys(value)) {
      checkItem(value[key]!, origin, key, context);
    }
  } else if (value.kind === "override" || value.kind === "order" || value.kind === "if") {
    checkValue(value.content, value.origin, context);
  } else if (value.kind === "concat") {
    for (const part of value.parts) {
      if (part.kind === "list") {
        checkValue(part.items, part.origin, context);
      }
    }
  } else if (value.kind === "merge") {
    value.contents.forEach((content, index) => checkItem(content, value.origin, index, context));
  }
}

/**
 * An origin is made only for what may need one: most values are plain scalars. A key like `$path`
 * among others has a finding of its own.
 */
function checkItem(item: Value, origin: Origin, key: string | number, context: Context): void {
  const isForm = typeof key === "string" && key.startsWith("$");
  const mayMatter = typeof item === "string" ? suspicious.test(item) : typeof item === "object";
  if (mayMatter && item !== null && !isForm) {
    checkValue(item, origin.at(key), context);
  }
}

/** What every text that is checked for has somewhere. */
const suspicious =
  /^[!$]|^(?:ref|concat|value|with|let|import) |^\s*[[{]|\.\/|~\/|\bmk[A-Z]|\$\{|KEY-|^[A-Za-z]{2,8}[-_.\d]|^AKIA|^ASIA|^AIza|^\d+:/;

function checkText(text: string, origin: Origin, context: Context): void {
  const { isTyped, report } = context;
  if (checkForm(text, origin, report)) {
    return;
  }
  const secret = secrets.find(({ pattern }) => pattern.test(text));
  const call =
    /^\s*\$?(?:lib\.)?(mk(?:Force|Default|Override|Before|After|Order|If|Merge))\s+(\S.*)$/s.exec(
      text,
    );
  const interpolation = /\$\{\s*(?:config|pkgs|lib|self|inputs|builtins)\.[A-Za-z_][^}]*\}/.exec(
    // What is never closed would be looked through from each of its starts.
    text.slice(0, text.lastIndexOf("}") + 1),
  );
  if (secret !== undefined) {
    report(secretInStore(origin, secret.name));
  } else if (call !== null) {
    report(nixFunctionAsText(origin, call[1]!, call[2]!));
  } else if (interpolation !== null) {
    if (!isEscaped(origin, context)) {
      report(nixInterpolationAsText(origin, interpolation[0]));
    }
  } else if (isNixExpression(text)) {
    report(nixExpressionAsText(origin, text));
  } else if (/^\.{1,2}\/\S+$/.test(text) || (!isTyped && /^~\/\S+$/.test(text))) {
    report(pathAsText(origin, text));
  }
}

/** Whether a `${` in a text was written as `$${`, on purpose. */
function isEscaped(origin: Origin, { written }: Context): boolean {
  const form = written(origin);
  return isDataMap(form) && Object.hasOwn(form, "$interpolate");
}

/** Longer texts are programs and files of their own. */
const maxExpression = 500;

/** Whether a text as a whole is Nix that would need evaluation. */
function isNixExpression(text: string): boolean {
  if (text.length > maxExpression) {
    return false;
  }
  const [, names] = attribute.exec(text) ?? [];
  return names === undefined
    ? expressions.some((pattern) => pattern.test(text))
    : !endings.test(names);
}

/** `pkgs.hello`, unless it ends as names of hosts and files do. */
const attribute =
  /^((?:pkgs|lib|config|builtins|self|inputs)(?:\.(?:[A-Za-z_][\w'-]*|"[^"]*"))+);?$/;

const expressions: readonly RegExp[] = [
  // A call or an operation: `lib.optional true 1`, `config.x.port + 1`.
  /^(?:pkgs|lib|config|builtins)(?:\.[A-Za-z_][\w'-]*)+\s+[\w"'.([{+*/-]/,
  /^import\s+(?:\.{1,2}\/|<|\()/,
  /^with\s+[A-Za-z_][\w.'-]*;\s*\S/,
  /^let\s[^=]*=[^;]*;[^]*\sin\s/,
  /^\[[^\]]*\b(?:pkgs|lib|config|inputs)\.[A-Za-z_][^\]]*\]$/,
  // An attribute set, and a function of one.
  /^\{\s*(?:inherit\s|[A-Za-z_][\w.'-]*\s*=\s*[^=\s][^;]*;)[^]*\}$/,
  /^\{\s*(?:[A-Za-z_][\w'-]*\s*,\s*)*(?:\.\.\.|[A-Za-z_][\w'-]*)\s*\}\s*:\s/,
];

/** Reports a special form whose `!` is missing, if this is one. */
function checkForm(text: string, origin: Origin, report: Report): boolean {
  const [, sign, form = "", argument = ""] = forms.exec(text) ?? [];
  const isMeant = sign === "$" || Boolean(looks[form]?.test(argument));
  if (isMeant) {
    report(formAsText(origin, form, argument));
  }
  return isMeant;
}

const forms = /^([!$]?) ?(concat|fileContents|interpolate|modulesIn|path|ref|value) +(\S.*)$/s;

/** What the arguments of special forms look like; a text may start with the same word. */
const looks: { readonly [form: string]: RegExp } = {
  concat: /^\[.*\]$/s,
  fileContents: /^\.{0,2}\/\S+$/,
  interpolate: /\$\{/,
  modulesIn: /^\.{0,2}\/\S+$/,
  path: /^\.{1,2}\/\S+$/,
  ref: /^(?:self|inputs)\.\S+$/,
};

/** Forms that nothing else has; public keys and hashes are no secrets. */
const secrets: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: "a private key", pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/ },
  { name: "an age identity", pattern: /\bAGE-(?:SECRET-KEY|PLUGIN-[A-Z]+)-1[0-9A-Z]{20,}/ },
  { name: "a GitHub token", pattern: /^(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,})$/ },
  { name: "a GitLab token", pattern: /^gl(?:pat|dt|rt|cbt|ptt)-[\w-]{20,}$/ },
  { name: "a Slack token", pattern: /^xox[abeoprs]-[\w-]{10,}$/ },
  { name: "an AWS access key", pattern: /^(?:AKIA|ASIA)[0-9A-Z]{16}$/ },
  { name: "a Google API key", pattern: /^AIza[\w-]{35}$/ },
  { name: "a Tailscale key", pattern: /^tskey-[a-z]+-\w{8,}/ },
  { name: "an API key", pattern: /^sk-[\w-]{32,}$/ },
  { name: "a Vault token", pattern: /^hv[sbr]\.[\w-]{20,}$/ },
  { name: "a DigitalOcean token", pattern: /^do[opr]_v1_[0-9a-f]{64}$/ },
  { name: "an npm token", pattern: /^npm_[A-Za-z0-9]{36}$/ },
  { name: "a PyPI token", pattern: /^pypi-[\w-]{50,}$/ },
  { name: "a Telegram bot token", pattern: /^\d{8,10}:[\w-]{35}$/ },
  { name: "a JSON Web Token", pattern: /^eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+$/ },
];

const wrappers = /^(?:lib\.)?(mk(?:Force|Default|Override|Before|After|Order|If|Merge))$/;

function checkKeys(map: ValueMap, origin: Origin, { isTyped, report }: Context): void {
  const keys = Object.keys(map);
  const wrapper = keys.length === 1 ? wrappers.exec(keys[0]!)?.[1] : undefined;
  if (wrapper !== undefined) {
    report(nixWrapperAsKey(origin.keyAt(keys[0]!), wrapper));
    return;
  }
  if (isTyped || !keys.some((key) => key.includes(".")) || keys.some(isData)) {
    return;
  }
  for (const key of keys) {
    const parts = key.split(".");
    if (parts.length > 1 && parts.every((part) => /^[A-Za-z_][\w'-]*$/.test(part))) {
      report(dottedSetting(origin.keyAt(key), parts));
    }
  }
}

/** Whether a key is data rather than the name of an option: a file, an address or a host. */
function isData(key: string): boolean {
  return /[^\w.'-]|^\d|^[.-]/.test(key) || (key.includes(".") && endings.test(key));
}

/** How names of hosts, files and units end. */
const endings =
  /\.(?:com|org|net|io|dev|info|eu|de|fr|nl|uk|us|ch|at|it|me|xyz|cloud|app|lan|local|localhost|internal|intern|home|arpa|test|example|clan|onion|ts|so|rs|css|html|xml|toml|json|ya?ml|conf|cfg|ini|nix|txt|md|sh|py|js|service|timer|socket|mount|target|path|slice|log|pub|key|pem|crt|tar|gz|zip)$/i;
