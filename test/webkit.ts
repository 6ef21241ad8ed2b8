/**
 * WebKitGTK, driven by the W3C's WebDriver protocol, drawing into a virtual screen: sessions, and the
 * commands that {@link ./webkit-page.ts} is made of.
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

/** Something that an input device does, as WebDriver writes it. */
export type Action = { readonly [key: string]: unknown };

/** A browser in a fresh profile. Commands go to one of its windows. */
export class WebKitSession {
  private window = "";

  private constructor(
    private readonly driver: ChildProcess,
    private readonly address: string,
  ) {}

  /** Starts a browser, whose pages can be told to be dark in no other way. */
  static async start(isDark: boolean): Promise<WebKitSession> {
    const port = 20_000 + Math.floor(Math.random() * 20_000);
    const driver = spawn(
      "xvfb-run",
      ["-a", "-s", "-screen 0 1920x1400x24", "WebKitWebDriver", `--port=${port}`],
      {
        stdio: "ignore",
        detached: true,
        env: { ...process.env, ...(isDark && { GTK_THEME: "Adwaita:dark" }) },
      },
    );
    const capabilities = {
      alwaysMatch: { "webkitgtk:browserOptions": { binary: browser, args: ["--automation"] } },
    };
    const address = `http://127.0.0.1:${port}/session`;
    const { sessionId } = (await untilThere(() => call("POST", address, { capabilities }))) as {
      readonly sessionId: string;
    };
    const session = new WebKitSession(driver, `${address}/${sessionId}`);
    session.window = (await session.command("GET", "/window")) as string;
    await session.command("POST", "/timeouts", { script: 120_000 });
    return session;
  }

  /** The window that commands go to. */
  get currentWindow(): string {
    return this.window;
  }

  async newWindow(): Promise<string> {
    const { handle } = (await this.command("POST", "/window/new", { type: "window" })) as {
      readonly handle: string;
    };
    return handle;
  }

  async switchTo(window: string): Promise<void> {
    if (this.window !== window) {
      await this.command("POST", "/window", { handle: window });
      this.window = window;
    }
  }

  command(method: string, path: string, body?: unknown): Promise<unknown> {
    return call(method, `${this.address}${path}`, body);
  }

  /** What the body of an async function gives in the page. */
  async run(body: string): Promise<unknown> {
    const script = `
      const done = arguments[arguments.length - 1];
      (async () => { ${body} })().then((value) => done({ value: value ?? null }), (error) => done({ error: String(error?.message ?? error) }));
    `;
    const answer = (await this.command("POST", "/execute/async", { script, args: [] })) as {
      readonly value?: unknown;
      readonly error?: string;
    } | null;
    if (answer === null || answer.error !== undefined) {
      throw new Error(answer?.error ?? "javascript error: the page was left meanwhile");
    }
    return answer.value;
  }

  /** Lets the keyboard or the mouse do something. */
  async act(type: "key" | "pointer", actions: readonly Action[]): Promise<void> {
    await this.command("POST", "/actions", { actions: [{ type, id: type, actions }] });
  }

  async stop(): Promise<void> {
    await this.command("DELETE", "").catch(() => {});
    process.kill(-this.driver.pid!, "SIGTERM");
  }
}

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
