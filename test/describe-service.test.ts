import { test } from "uvu";
import * as assert from "uvu/assert";
import builtIn from "../schema/clan-core.json" with { type: "json" };
import {
  describeRole,
  describeService,
  describeSetting,
  describeSettings,
} from "../src/catalogue/describe-service.js";
import { fillSchema } from "../src/catalogue/editor-schema.js";
import { completeCatalogue, readCatalogue } from "../src/catalogue/read-catalogue.js";
import type { DataMap } from "../src/model/data.js";

const catalogue = completeCatalogue(undefined);
const borgbackup = { name: "borgbackup", input: "clan-core" };

test("describes every service, role and setting of clan-core", () => {
  for (const [name, { roles }] of Object.entries(builtIn.services)) {
    const { service, text } = describeService(catalogue, { name })!;
    assert.ok(service!.description, name);
    assert.ok(text.includes(service!.readme!), name);
    for (const role of Object.keys(roles)) {
      assert.ok(describeRole(catalogue, { name }, role)!.role.description, `${name}.${role}`);
    }
  }
});

test("describes a setting with its type, default and example", () => {
  assert.is(
    describeSetting(catalogue, borgbackup, "client", ["exclude"])!.text,
    `Directories/Files to exclude from the backup.
Use * as a wildcard.

\`list of string, default []\`

Example: \`["*.pyc"]\``,
  );
  const { text } = describeSetting(catalogue, { name: "wifi" }, "default", ["networks"])!;
  assert.match(text, "Example:\n\n```yaml\nnetworks:\n  guest:\n    autoConnect: false\n");
});

test("describes settings in maps with keys of the user's choice", () => {
  const path = ["destinations", "storagebox"];
  const repo = describeSetting(catalogue, borgbackup, "client", [...path, "repo"])!;
  assert.is(repo.summary, "string, required");
  assert.ok(repo.isRequired);
  const { named, other } = describeSettings(catalogue, borgbackup, "client", path);
  assert.equal(
    named.map(({ name }) => name),
    ["name", "repo", "rsh"],
  );
  assert.is(other, undefined);
  const around = describeSettings(catalogue, borgbackup, "client", ["destinations"]);
  assert.is(around.other!.name, "<name>");
});

test("takes what stands for a name, and code, for no default", () => {
  const name = describeSetting(catalogue, borgbackup, "client", ["destinations", "x", "name"])!;
  assert.is(name.summary, "string");
  const user = describeSetting(catalogue, { name: "users" }, "default", ["user"])!;
  assert.is(user.summary, "string, default instanceName");
  assert.not.match(JSON.stringify(builtIn), "‹");
});

test("says where a service has moved", () => {
  const { service, moved, text } = describeService(catalogue, { name: "coredns" })!;
  assert.is(service, undefined);
  assert.is(moved!.input, "clan-community");
  assert.match(text, "Moved from `clan-core` to [`clan-community`](https://git.clan.lol/");
});

test("knows nothing of what is not there", () => {
  assert.is(describeService(catalogue, { name: "borgbackup", input: "other" }), undefined);
  assert.is(describeRole(catalogue, borgbackup, "sever"), undefined);
  assert.is(describeSetting(catalogue, borgbackup, "client", ["exlude"]), undefined);
  assert.equal(describeSettings(catalogue, borgbackup, "client", ["startAt"]), { named: [] });
});

test("describes the user's own services by what their schemas say", () => {
  const port = { type: "integer", description: "Where to listen.", examples: [80] };
  const own = { self: { web: { server: { type: "object", properties: { port } } } } };
  const { catalogue: given } = readCatalogue({ name: "own.json", text: JSON.stringify(own) });
  const { text } = describeSetting(given!, { name: "web", input: "self" }, "server", ["port"])!;
  assert.is(text, "Where to listen.\n\n`integer`\n\nExample: `80`");
});

test("finds words for an export of clan-core, which has none of its own but in schemas", () => {
  const schema = { $defs: { Input: { properties: { address: { type: "string" } } } } };
  const text = JSON.stringify({ "clan-core": { borgbackup: { server: schema } } });
  const given = completeCatalogue(readCatalogue({ name: "services.json", text }).catalogue);
  assert.match(describeService(given, borgbackup)!.text, "Efficient, deduplicating backup program");
  const address = describeSetting(given, borgbackup, "server", ["address"])!;
  assert.match(address.text, /^Address to use .*\n.*\n\n`string`$/);
});

test("says the same as the schema for editors", () => {
  const { definitions } = fillSchema({ definitions: { instances: {} } }, catalogue) as {
    definitions: { readonly [name: string]: DataMap };
  };
  const instances = definitions["instances"] as { properties: { [name: string]: DataMap } };
  assert.is(
    instances.properties["borgbackup"]!["description"],
    describeService(catalogue, borgbackup)!.text,
  );
  const role = JSON.stringify(definitions["clan-core.borgbackup.client"]);
  const { text } = describeSetting(catalogue, borgbackup, "client", ["exclude"])!;
  assert.ok(role.includes(JSON.stringify(text)));
});

test.run();
