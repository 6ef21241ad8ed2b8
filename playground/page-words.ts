/** What the command's options are on this page, in the order in which they are looked for. */
const words: readonly (readonly [option: RegExp, here: string])[] = [
  [/use --to nix or --to yaml/, "choose the view Nix or YAML"],
  [/--allow-nix/, "“Allow raw Nix” in Options"],
  [/--emit declared/, "“Declared” in Options"],
  [/, or move this one to the other file with 'inventory2nix adopt'/, ""],
  [/\(--services for another\)/, "(for another, drop its services.json here)"],
  [/, then --services services\.json/, ", and drop that file here"],
  [
    /pass (--clan-core-input \S+), else a catalogue with --services/,
    "the command checks it with $1; else drop its catalogue here, as services.json",
  ],
  [/rename it, or use --from yaml/, "rename it to end with .yaml"],
  [/ \| inventory2nix --to yaml/, ", and paste here what it prints"],
];

/** A help of the compiler, with what there is on this page in place of the command's options. */
export function inPageWords(help: string): string {
  return words.reduce((text, [option, here]) => text.replace(option, here), help);
}
