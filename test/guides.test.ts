/**
 * The inventories in Clan's own guides: clan-core's `docs/` and the README of its services at d7c35d9
 * (MIT), as its Nix evaluates to. Guides show parts, so the machines and tags that they name but do
 * not declare were added.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { check, type DataMap } from "../src/index.js";

const guides: readonly { readonly from: string; readonly inventory: DataMap }[] = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "data/guides.json"), "utf8"),
);

test("Clan's guides have no findings but those that are true of them", () => {
  assert.ok(guides.length > 90);
  const findings = guides.flatMap(({ from, inventory }) =>
    check({ name: "inventory.json", text: JSON.stringify(inventory) }).diagnostics.map(
      ({ code, message }) => `${from}: ${message} [${code}]`,
    ),
  );
  assert.equal(findings, [
    // The guide leaves out the flake input.
    "guides/internal-ssl-services.md: clan-core has no service '@pinpox/navidrome' [unknown-service]",
    // A name to be replaced.
    "guides/vars/intro-to-vars.md: 'YOUR_CONTROLLER' is not a valid host name [machine-name]",
  ]);
});

test.run();
