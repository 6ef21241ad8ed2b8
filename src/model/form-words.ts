/** What a special form means to people, in Markdown; by its name without `!` or `$`. */
export function describeForm(name: string): string | undefined {
  return Object.hasOwn(words, name) ? words[name] : undefined;
}

const words: { readonly [name: string]: string } = {
  path: "A Nix path, relative to this file: `!path ./keys/a.pub`.",
  fileContents: "The text of a file, without its last line break: `!fileContents ./keys/a.pub`.",
  ref: "An attribute of the flake or of its inputs: `!ref inputs.srvos.nixosModules.server`.",
  nix: "Nix code, as it is. It needs the option `--allow-nix`.",
  interpolate: 'A string with references in it: `!interpolate "nb.${self.domain}"`.',
  concat: "One list of several: `!concat [*base, [x, y]]`.",
  value: "The value of this name under the root key `values`: `!value name`.",
  modulesIn: "All Nix modules of a folder: `!modulesIn ./modules`.",
  mkForce: "Wins over other definitions: priority 50, as `lib.mkForce`.",
  mkDefault: "Gives way to other definitions: priority 1000, as `lib.mkDefault`.",
  mkOverride: "A definition with a priority: `!mkOverride [10, value]`, as `lib.mkOverride`.",
  mkBefore: "Comes before the rest of a list or text: order 500, as `lib.mkBefore`.",
  mkAfter: "Comes after the rest of a list or text: order 1500, as `lib.mkAfter`.",
  mkOrder: "A definition with an order: `!mkOrder [10, value]`, as `lib.mkOrder`.",
};
