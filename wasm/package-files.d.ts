/** Texts of files in the package, by the names under which it exports them; made by the bundler. */
declare module "inventory2nix:package-files" {
  const packageFiles: { readonly [name: string]: string };
  export default packageFiles;
}
