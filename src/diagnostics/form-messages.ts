import type { Finding, Place } from "./diagnostic.js";
import { error, warning } from "./finding.js";
import { didYouMean } from "./suggest.js";
import { joinNames } from "./words.js";

export function formArgument(place: Place, form: string, expected: string): Finding {
  return error("invalid-form", place, `'${form.slice(1)}' takes ${expected}`);
}

export function formNesting(place: Place, outer: string, inner: string): Finding {
  return error(
    "form-nesting",
    place,
    `'${inner}' cannot stand inside '${outer}': Nix would not see it`,
    {
      help: "the order is: if or merge, around mkForce, mkDefault or mkOverride, around mkBefore, mkAfter or mkOrder, around the value",
    },
  );
}

export function formWithOtherKeys(place: Place, key: string): Finding {
  return warning(
    "unknown-form",
    place,
    `'${key}' is a special form only where it is the only key of its map; here it is an ordinary setting`,
  );
}

export function impurePath(place: Place, path: string): Finding {
  return warning(
    "impure-path",
    place,
    `'${path}' is absolute: a flake cannot read it in pure evaluation`,
    {
      help: "write it relative to this file",
    },
  );
}

export function incompleteForm(place: Place, type: string, fields: readonly string[]): Finding {
  return error("invalid-form", place, `'_type: ${type}' takes exactly ${joinNames(fields)}`);
}

/** The module system takes it for a definition with a position of its own: never a value. */
export function internalForm(place: Place, type: string): Finding {
  return error(
    "invalid-form",
    place,
    `'_type: ${type}' is internal to the module system and cannot be a setting`,
  );
}

export function interpolatedReference(place: Place): Finding {
  return error(
    "invalid-reference",
    place,
    "Nix would evaluate what is in '${…}': a reference holds names only",
    {
      help: "write \\${ in the quoted name for these two characters",
    },
  );
}

export function invalidModule(place: Place): Finding {
  return error("invalid-type", place, "a module is a path, a '!ref', or a map");
}

export function invalidModuleContent(place: Place, form: string): Finding {
  return error(
    "invalid-type",
    place,
    `'${form}' as a module holds a map of options, not another module`,
    {
      help: "list files and imports without it",
    },
  );
}

export function invalidPath(place: Place, problem: string): Finding {
  return error("invalid-path", place, problem);
}

export function invalidReference(place: Place): Finding {
  return error("invalid-reference", place, "a reference is names joined by dots, nothing else", {
    help: referenceExamples,
  });
}

export function lostForm(place: Place, form: string): Finding {
  return error(
    "lost-form",
    place,
    `'${form}' around the whole of 'settings' would be silently lost in Nix`,
    {
      help: "put it on the values inside",
    },
  );
}

export function misplacedForm(place: Place, key: string): Finding {
  return error("invalid-form", place, `the special form '${key.slice(1)}' cannot stand here`, {
    help: "special forms stand in 'settings' and in 'extraModules'",
  });
}

export function notAMap(place: Place, isForm: boolean): Finding {
  return error("invalid-type", place, "settings are a map", {
    ...(isForm && { help: "for a module use 'extraModules'" }),
  });
}

export function rawNixNotAllowed(place: Place): Finding {
  return error("raw-nix", place, "raw Nix is not allowed here", {
    help: "allow it with --allow-nix if you trust this file, or use !path or !ref",
  });
}

export function referenceAsPath(place: Place, text: string): Finding {
  return warning("invalid-path", place, `'${text}' is read as the path of a file`, {
    help: `for the attribute write !ref ${text}`,
  });
}

export function reservedReference(place: Place, name: string): Finding {
  return error(
    "invalid-reference",
    place,
    `'${name}' cannot be the first name of a reference: it would be an argument of the output`,
    { help: referenceExamples },
  );
}

export function reservedSetting(place: Place, key: string): Finding {
  const problem =
    key === "config"
      ? "'config' cannot stand beside other keys: it is the long form of settings"
      : `settings cannot hold '${key}'`;
  return error("reserved-setting", place, problem, {
    help:
      key === "config"
        ? "move the other keys into it"
        : key === "_module"
          ? "it belongs to the module system itself"
          : "bring modules in through 'extraModules'",
  });
}

export function uncallableKey(place: Place, key: string): Finding {
  return error("invalid-key", place, `'${key}' cannot be a key: Nix would call it as a function`);
}

/** A finding only where the key looks like a special form: other `$` keys are ordinary settings. */
export function unknownLoneKey(
  place: Place,
  key: string,
  forms: readonly string[],
): Finding | undefined {
  const suggestion = didYouMean(key, forms);
  if (suggestion === "") {
    return undefined;
  }
  return warning("unknown-form", place, `'${key}' is no special form${suggestion}`);
}

/** A finding only where the type is near one of `forms`: others are ordinary settings. */
export function unknownType(
  place: Place,
  type: string,
  forms: readonly string[],
): Finding | undefined {
  const suggestion = didYouMean(type, forms);
  if (suggestion === "") {
    return undefined;
  }
  return warning("unknown-form", place, `'_type: ${type}' is no special form${suggestion}`);
}

export function wrongField(place: Place, field: string): Finding {
  const types: { readonly [field: string]: string } = {
    priority: "an integer",
    condition: "true or false",
    contents: "a list",
  };
  return error("invalid-form", place, `'${field}' is ${types[field]!}`);
}

const referenceExamples =
  'for example: !ref inputs.srvos.nixosModules.server, or !ref self.nixosModules."my module"';
