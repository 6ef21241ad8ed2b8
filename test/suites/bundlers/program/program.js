/** What the programs for all targets do: compile with the library and with the component. */
import { compile } from "inventory2nix";
import { instantiate } from "inventory2nix/component";

export async function run() {
  const source = { name: "inventory.yaml", text: "machines: { laptop: { tags: [desk] } }" };
  const component = await instantiate();
  const options = { knownMachines: [], allowNix: false, denyWarnings: false };
  return [compile(source).text, component.compile([source], options).text];
}
