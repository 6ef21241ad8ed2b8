/** A session in a real editor, Neovim: what it shows, and what is in the files afterwards. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { neovim, withFiles } from "./component-hosts.js";

const bin = path.join(import.meta.dirname, "../dist/bin.js");
const session = path.join(import.meta.dirname, "hosts/session.lua");

withFiles(test, neovim)(
  "Neovim: a warning, its fix, a setting, a definition, a new name",
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "inventory2nix-"));
    const machines = path.join(folder, "inventory/machines.yaml");
    const services = path.join(folder, "inventory/services.yaml");
    mkdirSync(path.join(folder, "inventory"));
    writeFileSync(path.join(folder, "flake.nix"), "");
    writeFileSync(
      machines,
      `machines:
  laptop: { tags: [desktop] } # takes it home
  store:
`,
    );
    writeFileSync(
      services,
      `instances:
  borgbackup:
    roles:
      client:
        tags: [desctop] # all of them
        settings:
      server:
        machines: [store]
`,
    );
    const { stderr } = await promisify(execFile)(
      neovim,
      ["--headless", "--clean", "-l", session, process.execPath, bin, folder],
      { timeout: 120_000, env: { ...process.env, HOME: folder, XDG_STATE_HOME: folder } },
    );
    const shown = stderr.split(/\r?\n/).filter((line) => /^\w+: /.test(line));
    assert.equal(shown.slice(0, 2), [
      "warning: 5: no machine has the tag 'desctop'; did you mean 'desktop'?",
      "fixed: tags: [desktop] # all of them",
    ]);
    assert.match(shown[2]!, /^documentation: .{3}/);
    assert.equal(shown.slice(3), ['completed: startAt: "03:00"', "definition: desktop in line 2"]);
    assert.is(
      readFileSync(machines, "utf8"),
      `machines:
  laptop: { tags: [workstation] } # takes it home
  store:
`,
    );
    assert.is(
      readFileSync(services, "utf8"),
      `instances:
  borgbackup:
    roles:
      client:
        tags: [workstation] # all of them
        settings:
          startAt: "03:00"
      server:
        machines: [store]
`,
    );
    rmSync(folder, { recursive: true });
  },
);

test.run();
