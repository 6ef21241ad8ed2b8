import { test } from "uvu";
import * as assert from "uvu/assert";
import latest from "../schema/clan-core.json" with { type: "json" };
import history from "../schema/clan-core-history.json" with { type: "json" };
import {
  builtInDays,
  catalogueOf,
  findRevision,
  revisionAt,
} from "../src/catalogue/clan-core-revisions.js";
import { describeService, describeSetting } from "../src/catalogue/describe-service.js";
import { completeCatalogue, readCatalogue } from "../src/catalogue/read-catalogue.js";
import { analyze } from "../src/index.js";

function servicesOf(version: string): readonly string[] {
  return Object.keys(catalogueOf(findRevision(version)!).services).sort();
}

test("knows a revision by latest, a day, or its first digits", () => {
  assert.is(findRevision("latest")!.revision, latest.revision);
  assert.is(findRevision(latest.date)!.index, 0);
  const { revision } = history.earlier[3]!;
  assert.is(findRevision(revision.slice(0, 10))!.revision, revision);
  assert.is(findRevision(revision)!.index, 4);
});

test("knows no revision by a word, a few digits, or a day that there is not", () => {
  const { revision } = history.earlier[3]!;
  for (const version of ["", "stable", "main", revision.slice(0, 6), "2026-13-01", "0000000"]) {
    assert.is(findRevision(version), undefined, version);
  }
});

test("has the services of each day", () => {
  assert.ok(!servicesOf("2025-12-08").includes("ncps"));
  assert.ok(servicesOf("2025-12-31").includes("ncps"));
  assert.ok(servicesOf("2026-01-01").includes("coredns"));
  assert.not.ok(servicesOf("latest").includes("coredns"));
  assert.equal(catalogueOf(findRevision("2026-01-01")!)["moved"], {});
});

test("takes the first or last revision for what is before or after", () => {
  assert.is(revisionAt(0)!.index, history.earlier.length);
  assert.is(revisionAt(2e10)!.index, 0);
  assert.is(builtInDays()[1], latest.date);
});

test("every revision is a catalogue without mistakes, and another than the next", () => {
  let next = JSON.stringify(catalogueOf(findRevision("latest")!));
  for (const { revision } of history.earlier) {
    const catalogue = catalogueOf(findRevision(revision)!);
    const text = JSON.stringify(catalogue);
    assert.equal(readCatalogue({ name: "clan-core.json", text }).diagnostics, [], revision);
    assert.not.equal(text.slice(text.indexOf("services")), next.slice(next.indexOf("services")));
    next = text;
  }
});

test("checks against the revision that the option names, and says so", () => {
  const text = "machines: [a]\ninstances: { pki: { roles: { default: { machines: [a] } } } }\n";
  const helps = (clanCore?: string) =>
    analyze({ name: "inventory.yaml", text }, { clanCore }).diagnostics.map(({ help }) => help);
  assert.equal(helps(), []);
  assert.equal(helps("2026-06-01"), []);
  assert.match(helps("2026-01-01")[0]!, "checked against clan-core as of 2026-01-01 (--services");
  assert.throws(() => helps("stable"), /TypeError|no clan-core 'stable' is built in/);
});

test("earlier revisions have the words of the latest", () => {
  const earlier = completeCatalogue(undefined, undefined, "2026-01-01");
  const { text } = describeService(earlier, { name: "borgbackup" })!;
  assert.match(text, "Efficient, deduplicating backup program");
  const exclude = describeSetting(earlier, { name: "borgbackup" }, "client", ["exclude"])!;
  assert.match(exclude.text, "Directories/Files to exclude");
});

test.run();
