import type { Data } from "../model/data.js";
import { isSpecial, type Value } from "../model/value.js";
import type { Finding, Place } from "./diagnostic.js";
import { error, warning } from "./finding.js";
import { guess, replaceName } from "./fixes.js";
import { didYouMean } from "./suggest.js";
import { clipped, kind, listed, maxName, quoted } from "./words.js";

export function formArgument(place: Place, form: string, expected: string): Finding {
  return error("invalid-form", place, `'${form.slice(1)}' takes ${expected}`);
}

export function formNesting(place: Place, outer: string, inner: string): Finding {
  const message = `${quoted(inner)} is not allowed inside ${quoted(outer)}, where Nix would not see it`;
  return error("form-nesting", place, message, {
    help: "from the outside in, the order is: if or merge; mkForce, mkDefault or mkOverride; mkBefore, mkAfter or mkOrder; the value",
  });
}

export function formWithOtherKeys(place: Place, key: string): Finding {
  return warning(
    "form-like-key",
    place,
    `${quoted(key)} is a special form only as the sole key of its map; here it is an ordinary setting`,
  );
}

export function idleInterpolation(place: Place): Finding {
  return warning("nix-as-text", place, "this text has no '${…}' to interpolate", {
    help: "write a reference as ${self.domain}, or remove !interpolate",
    outranks: ["nix-as-text"],
  });
}

export function impurePath(place: Place, path: string): Finding {
  const message = `${quoted(path)} is absolute: a flake cannot read it in pure evaluation`;
  return warning("impure-path", place, message, {
    help: "write it relative to this file",
  });
}

export function incompleteForm(place: Place, type: string, fields: readonly string[]): Finding {
  return error("invalid-form", place, `'_type: ${type}' takes exactly ${listed(fields)}`);
}

/** The module system treats it as a definition with a position of its own, never as a value. */
export function internalForm(place: Place, type: string): Finding {
  return error(
    "invalid-form",
    place,
    `'_type: ${type}' is internal to the module system and cannot be a setting`,
  );
}

/** `code` is what is between `${` and `}`, with them. */
export function interpolatedCode(place: Place, code: string): Finding {
  const message = `${quoted(code)} is not a reference: names joined by dots`;
  return error("invalid-reference", place, message, {
    help: `write for example \${self.domain}, without spaces; for a literal \${ write $\${`,
  });
}

export function interpolatedReference(place: Place): Finding {
  const message = "a reference cannot contain '${…}', which Nix would evaluate";
  return error("invalid-reference", place, message, {
    help: "for a literal ${ in a quoted name write \\${",
  });
}

export function invalidModule(place: Place): Finding {
  return error("invalid-module", place, "a module must be a path, a '!ref' or a map");
}

export function invalidModuleContent(place: Place, form: string): Finding {
  const message = `${quoted(form)} as a module takes a map of options, not another module`;
  return error("invalid-module", place, message, {
    help: `list paths and references without ${quoted(form)}`,
  });
}

export function invalidPath(place: Place, problem: string): Finding {
  return error("invalid-path", place, problem);
}

export function invalidReference(place: Place): Finding {
  return error("invalid-reference", place, "a reference must be names joined by dots", {
    help: referenceExamples,
  });
}

export function lostForm(place: Place, form: string): Finding {
  const message = `Nix would silently drop ${quoted(form)} around the whole of 'settings'`;
  return error("lost-form", place, message, {
    help: "put it on the values inside",
  });
}

export function misplacedForm(place: Place, key: string): Finding {
  return error("misplaced-form", place, `the special form '${key.slice(1)}' is not allowed here`, {
    help: "special forms belong in 'settings' and 'extraModules'",
  });
}

export function misplacedModules(place: Place): Finding {
  const message = "'modulesIn' is a list of modules, which belongs in 'extraModules' or 'imports'";
  return error("misplaced-form", place, message, {
    help: "for the path of the folder write !path",
  });
}

/** `near` is another path that exists. */
export function missingFile(place: Place, path: string, near: readonly string[]): Finding {
  return warning("missing-file", place, `'${clipped(path)}' does not exist${didYouMean(near)}`, {
    ...(near.length === 0 && { help: "paths are relative to this file" }),
    fixes: near.map((other) => replaceName(place, other)),
  });
}

/** What a path that has this is taken for. */
export function mistakenPath(
  place: Place,
  path: string,
  mistake: "semicolon" | "variable" | "pattern",
): Finding {
  const shown = clipped(path);
  switch (mistake) {
    case "semicolon": {
      const bare = path.replace(/[;\s]+$/, "");
      return warning(
        "unlikely-path",
        place,
        `the ';' at the end of '${shown}' is a part of the path`,
        {
          help: `write ${clipped(bare)}`,
          fixes: [replaceName(place, bare, "safe")],
          outranks: ["ambiguous-scalar"],
        },
      );
    }
    case "variable":
      return warning("unlikely-path", place, `variables are not replaced in the path '${shown}'`, {
        help: "write a path relative to this file",
      });
    case "pattern":
      return warning(
        "unlikely-path",
        place,
        `'${shown}' is a single path, in which a pattern matches nothing`,
        {
          help: "list each file",
        },
      );
  }
}

export function notAList(place: Place, found: Value): Finding {
  const what = isSpecial(found) ? "something else" : kind(found as Data);
  return error("invalid-form", place, `'concat' joins lists, but this is ${what}`, {
    help: "write a list, !value of a list, or !ref to one",
  });
}

export function notAMap(place: Place, isForm: boolean): Finding {
  return error("invalid-type", place, "settings must be a map", {
    ...(isForm && { help: "list modules under 'extraModules'" }),
  });
}

export function rawNixNotAllowed(place: Place): Finding {
  return error("raw-nix", place, "raw Nix is not allowed", {
    help: "allow it with --allow-nix if you trust this file, or use !path or !ref",
  });
}

export function referenceAsPath(place: Place, text: string): Finding {
  return warning("reference-as-path", place, `${quoted(text)} is treated as a file path`, {
    help: `for the attribute write !ref ${clipped(text, maxName)}`,
  });
}

export function reservedReference(place: Place, name: string): Finding {
  const message = `a reference cannot start with ${quoted(name)}, which would become an argument of the output`;
  return error("invalid-reference", place, message, { help: referenceExamples });
}

export function reservedSetting(place: Place, key: string): Finding {
  if (key === "config") {
    const message = "'config' is the long form of settings and must be their only key";
    return error("reserved-setting", place, message, { help: "move the other keys into it" });
  }
  return error("reserved-setting", place, `settings cannot contain ${quoted(key)}`, {
    help:
      key === "_module"
        ? "it is internal to the module system"
        : "list modules under 'extraModules'",
  });
}

export function uncallableKey(place: Place, key: string): Finding {
  return error(
    "callable-key",
    place,
    `${quoted(key)} cannot be a key: Nix would call it as a function`,
  );
}

export function unclosedInterpolation(place: Place): Finding {
  return error("invalid-reference", place, "this '${' has no '}'", {
    help: "for a literal ${ write $${",
  });
}

/** A finding only if the key looks like a special form: other `$` keys are ordinary settings. */
export function unknownLoneKey(
  place: Place,
  key: string,
  forms: readonly string[],
): Finding | undefined {
  const { suggestion, fixes } = guess(place, key, forms);
  if (suggestion === "") {
    return undefined;
  }
  return warning("form-like-key", place, `${quoted(key)} is not a special form${suggestion}`, {
    fixes,
  });
}

/** A finding only if the type is close to one of `forms`: others are ordinary settings. */
export function unknownType(
  place: Place,
  type: string,
  forms: readonly string[],
): Finding | undefined {
  const { suggestion, fixes } = guess(place, type, forms);
  if (suggestion === "") {
    return undefined;
  }
  const message = `'_type: ${type}' is not a special form${suggestion}`;
  return warning("form-like-key", place, message, { fixes });
}

export function wrongField(place: Place, field: string): Finding {
  const types: { readonly [field: string]: string } = {
    priority: "an integer",
    condition: "true or false",
    contents: "a list",
  };
  return error("invalid-form", place, `${quoted(field)} must be ${types[field]!}`);
}

const referenceExamples =
  'for example: !ref inputs.srvos.nixosModules.server, or !ref self.nixosModules."my module"';
