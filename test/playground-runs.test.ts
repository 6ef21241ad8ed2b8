import { test } from "uvu";
import * as assert from "uvu/assert";
import { Runs } from "../playground/runs.js";

test("what is slow twice does not run while typing, only on request", async () => {
  const { runs, events } = start(async () => ({ milliseconds: 3000 }));
  await runs.start();
  await runs.start();
  events.length = 0;
  runs.request(true);
  assert.equal(events, ["paused at 3000"]);
  await runs.start();
  assert.equal(events, ["paused at 3000", "started", "finished"]);
});

test("a single slow run does not count", async () => {
  const times = [5, 3000];
  const { runs, events } = start(async () => ({ milliseconds: times.shift()! }));
  await runs.start();
  await runs.start();
  runs.request(true);
  assert.not.ok(events.includes("paused at 3000"));
  // Nothing may be left to run when the test ends.
  times.push(5);
  await runs.start();
});

test("an answer to an older text is dropped, and the newest asked for", async () => {
  let asked = 0;
  const { runs, events } = start(async () => {
    if (++asked === 1) {
      void runs.start();
    }
    return { milliseconds: 1 };
  });
  await runs.start();
  assert.is(asked, 2);
  assert.equal(events, ["started", "started", "finished"]);
});

test("a run that fails says why, and the next one is tried", async () => {
  let asked = 0;
  const { runs, events } = start(async () => {
    if (++asked === 1) {
      throw new Error("trap");
    }
    return { milliseconds: 1 };
  });
  await runs.start();
  await runs.start();
  assert.equal(events, ["started", "failed: trap", "started", "finished"]);
});

test.run();

function start(run: () => Promise<{ milliseconds: number }>): {
  runs: Runs<{ milliseconds: number }>;
  events: string[];
} {
  const events: string[] = [];
  const runs = new Runs(run, {
    started: () => events.push("started"),
    finished: () => events.push("finished"),
    failed: ({ message }) => events.push(`failed: ${message}`),
    paused: (milliseconds) => events.push(`paused at ${milliseconds}`),
  });
  return { runs, events };
}
