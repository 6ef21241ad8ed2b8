/** Plain text that is not a string in the core schema of YAML 1.2. */

export const nulls = /^(?:~|null|Null|NULL)?$/;
export const booleans = /^(?:true|True|TRUE|false|False|FALSE)$/;
export const integers = /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/;
export const numbers =
  /^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
