/**
 * WebKitGTK, driven by the W3C's WebDriver protocol: just what the tests of the playground need. It
 * draws into a virtual screen.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

/** Below a folder that is named after the processor. */
const browser = (existsSync("/usr/lib") ? readdirSync("/usr/lib") : [])
  .map((folder) => `/usr/lib/${folder}/webkit2gtk-4.1/MiniBrowser`)
  .find(existsSync);

export const hasWebKit =
  browser !== undefined &&
  ["WebKitWebDriver", "xvfb-run"].every((command) => existsSync(`/usr/bin/${command}`));

/** A window of WebKit. */
export class WebKit {
  private constructor(
    private readonly driver: ChildProcess,
    private readonly session: string,
  ) {}

  static async start(port = 20_000 + Math.floor(Math.random() * 20_000)): Promise<WebKit> {
    const driver = spawn("xvfb-run", ["-a", "WebKitWebDriver", `--port=${port}`], {
      stdio: "ignore",
      detached: true,
    });
    const capabilities = {
      alwaysMatch: {
        "webkitgtk:browserOptions": { binary: browser, args: ["--automation"] },
      },
    };
    const address = `http://127.0.0.1:${port}/session`;
    const { sessionId } = (await untilThere(() => call("POST", address, { capabilities }))) as {
      readonly sessionId: string;
    };
    return new WebKit(driver, `${address}/${sessionId}`);
  }

  async open(url: string): Promise<void> {
    await call("POST", `${this.session}/url`, { url });
  }

  /** What an expression is in the page. */
  async evaluate(expression: string): Promise<unknown> {
    return call("POST", `${this.session}/execute/sync`, {
      script: `return (${expression});`,
      args: [],
    });
  }

  /** Waits until an expression is true in the page. */
  async until(expression: string): Promise<void> {
    for (let tries = 0; tries < 600; tries++) {
      if (await this.evaluate(expression).catch(() => false)) {
        return;
      }
      await setTimeout(100);
    }
    throw new Error(`never true: ${expression}`);
  }

  /** Presses and releases keys, one after the other; `held` stays down meanwhile. */
  async type(keys: string, held = ""): Promise<void> {
    const press = [...keys].flatMap((value) => [
      { type: "keyDown", value },
      { type: "keyUp", value },
    ]);
    const actions = [
      ...[...held].map((value) => ({ type: "keyDown", value })),
      ...press,
      ...[...held].map((value) => ({ type: "keyUp", value })),
    ];
    await call("POST", `${this.session}/actions`, {
      actions: [{ type: "key", id: "keyboard", actions }],
    });
  }

  async click(selector: string): Promise<void> {
    const element = (await call("POST", `${this.session}/element`, {
      using: "css selector",
      value: selector,
    })) as { readonly [key: string]: string };
    await call("POST", `${this.session}/element/${Object.values(element)[0]}/click`, {});
  }

  async stop(): Promise<void> {
    await call("DELETE", this.session).catch(() => {});
    process.kill(-this.driver.pid!, "SIGTERM");
  }
}

/** As WebDriver writes them. */
export const keys = { control: "\ue009", enter: "\ue007", end: "\ue010", escape: "\ue00c" };

async function call(method: string, address: string, body?: unknown): Promise<unknown> {
  const response = await fetch(address, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const { value } = (await response.json()) as {
    readonly value: { readonly error?: string; readonly message?: string } | null;
  };
  if (!response.ok) {
    throw new Error(`${value?.error}: ${value?.message}`);
  }
  return value;
}

/** The driver needs a while to listen. */
async function untilThere<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (tries === 100) {
        throw error;
      }
      await setTimeout(200);
    }
  }
}
