/** The part of Playwright's interface that the tests of the pages use, for WebKit. */
import { setTimeout } from "node:timers/promises";
import { Script } from "node:vm";
import type { Browser } from "playwright-core";
import { type Action, WebKitSession } from "./webkit.js";
import { finders, type Step, stepsOf, wordsOf } from "./webkit-find.js";
import { type RouteAnswer, WebKitProxy } from "./webkit-proxy.js";

interface ProfileOptions {
  readonly viewport?: { readonly width: number; readonly height: number } | null;
  readonly colorScheme?: string | null;
}

/** A browser whose contexts are sessions of WebKit's driver. */
export function launchWebKit(): Browser {
  const contexts = new Set<Profile>();
  const browser = {
    browserType: () => ({ name: () => "webkit" }),
    contexts: () => [...contexts],
    async newContext({ viewport, colorScheme }: ProfileOptions) {
      const session = await WebKitSession.start(colorScheme === "dark");
      const profile = new Profile(session, browser, () => contexts.delete(profile));
      contexts.add(profile);
      await resize(session, viewport ?? { width: 1440, height: 900 });
      return profile;
    },
    async close() {
      await Promise.all([...contexts].map((profile) => profile.close()));
    },
  };
  return browser as unknown as Browser;
}

/** Gives the window's inside this size; it does not become narrower than its tools. */
async function resize(
  session: WebKitSession,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<void> {
  const frame = (await session.run("return outerHeight - innerHeight")) as number;
  await session.command("POST", "/window/rect", { width, height: height + frame });
}

/** Playwright's `BrowserContext`: pages that share their storage. */
class Profile {
  timeout = 60_000;
  readonly proxies: WebKitProxy[] = [];
  private readonly pages: WebKitPage[] = [];

  constructor(
    readonly session: WebKitSession,
    private readonly owner: unknown,
    private readonly closed: () => void,
  ) {}

  browser(): unknown {
    return this.owner;
  }

  setDefaultTimeout(timeout: number): void {
    this.timeout = timeout;
  }

  async newPage(): Promise<WebKitPage> {
    const { session } = this;
    const window = this.pages.length === 0 ? session.currentWindow : await session.newWindow();
    const page = new WebKitPage(this, window);
    this.pages.push(page);
    return page;
  }

  async setOffline(isOffline: boolean): Promise<void> {
    for (const proxy of this.proxies) {
      proxy.setOffline(isOffline);
    }
  }

  /** What stands between the pages and the server of an address; those of a profile share it. */
  async proxyFor(target: string): Promise<WebKitProxy> {
    const known = this.proxies.find((proxy) => proxy.target === target);
    if (known !== undefined) {
      return known;
    }
    const proxy = await WebKitProxy.start(target, {
      scripts: this.pages[0]!.scripts,
      route: (path) => this.pages.map((page) => page.routeOf(path)).find(Boolean),
      complain: (text) => this.pages[0]!.complain(text),
    });
    this.proxies.push(proxy);
    return proxy;
  }

  async close(): Promise<void> {
    this.closed();
    await this.session.stop();
    for (const proxy of this.proxies) {
      proxy.stop();
    }
  }
}

type Listener = (event: { readonly message: string; type(): string; text(): string }) => void;

/** Playwright's `Page`. */
class WebKitPage {
  readonly scripts: string[] = [];
  private address = "";
  private readonly routes: {
    readonly end: string;
    readonly take: (route: RouteAnswer) => unknown;
  }[] = [];
  private readonly listeners: Listener[] = [];

  constructor(
    private readonly profile: Profile,
    private readonly window: string,
  ) {}

  readonly mouse = {
    move: (x: number, y: number) =>
      this.act("pointer", [{ type: "pointerMove", duration: 0, x, y, origin: "viewport" }]),
  };

  readonly keyboard = {
    press: (chord: string) => this.act("key", pressed(chord)),
    type: async (text: string, { delay = 0 } = {}) => {
      for (const part of delay === 0 ? [text] : text) {
        await this.act("key", [...part].flatMap(pressed));
        await setTimeout(delay);
      }
    },
  };

  context(): Profile {
    return this.profile;
  }

  on(event: string, listener: Listener): void {
    if (event === "pageerror") {
      this.listeners.push(listener);
    }
  }

  complain(message: string): void {
    for (const listener of this.listeners) {
      listener({ message, type: () => "error", text: () => message });
    }
  }

  async addInitScript(script: string): Promise<void> {
    this.scripts.push(script);
  }

  /** `pattern` is a pair of stars with the end of a path. */
  async route(pattern: string, take: (route: RouteAnswer) => unknown): Promise<void> {
    this.routes.push({ end: pattern.replace("**", ""), take });
  }

  routeOf(path: string): ((route: RouteAnswer) => unknown) | undefined {
    return this.routes.find(({ end }) => path.endsWith(end))?.take;
  }

  async goto(address: string): Promise<void> {
    if (!address.startsWith("http")) {
      return void (await this.command("POST", "/url", { url: address }));
    }
    const { origin } = new URL(address);
    const proxy = await this.profile.proxyFor(origin);
    await this.command("POST", "/url", { url: address.replace(origin, proxy.origin) });
  }

  /** As it was last waited for. */
  url(): string {
    return this.address;
  }

  async reload(): Promise<void> {
    await this.command("POST", "/refresh", {});
  }

  async goBack(): Promise<void> {
    await this.command("POST", "/back", {});
  }

  async goForward(): Promise<void> {
    await this.command("POST", "/forward", {});
  }

  async close(): Promise<void> {
    await this.profile.close();
  }

  /** Of an expression, or of statements. */
  async evaluate(script: string): Promise<unknown> {
    return this.run(isExpression(script) ? `return (${script}\n);` : script);
  }

  async waitForTimeout(milliseconds: number): Promise<void> {
    await setTimeout(milliseconds);
  }

  async waitForURL(pattern: RegExp): Promise<void> {
    this.address = await this.until(async () => {
      const address = (await this.command("GET", "/url")) as string;
      const proxy = this.profile.proxies.find(({ origin }) => address.startsWith(origin));
      const asGiven = address.replace(proxy?.origin ?? "", proxy?.target ?? "");
      return pattern.test(asGiven) ? asGiven : undefined;
    }, String(pattern));
  }

  async waitForSelector(selector: string): Promise<void> {
    await this.locator(selector).waitFor();
  }

  locator(selector: string, options?: LocatorOptions): Locator {
    return new Locator(this, []).locator(selector, options);
  }

  click(selector: string): Promise<void> {
    return this.locator(selector).first().click();
  }

  fill(selector: string, text: string): Promise<void> {
    return this.locator(selector).fill(text);
  }

  selectOption(selector: string, value: string): Promise<void> {
    return this.locator(selector).choose(value);
  }

  textContent(selector: string): Promise<string | null> {
    return this.locator(selector).textContent();
  }

  getAttribute(selector: string, name: string): Promise<string | null> {
    return this.locator(selector).getAttribute(name);
  }

  /** Asks again until there is an answer. */
  async until<T>(ask: () => Promise<T | undefined | null>, what: string): Promise<T> {
    const end = performance.now() + this.profile.timeout;
    for (;;) {
      const answer = await ask().catch(ignoreNavigation);
      if (answer !== undefined && answer !== null) {
        return answer;
      }
      if (performance.now() > end) {
        throw new Error(`waited in vain for ${what}`);
      }
      await setTimeout(50);
    }
  }

  async run(body: string): Promise<unknown> {
    await this.profile.session.switchTo(this.window);
    return this.profile.session.run(body);
  }

  async act(type: "key" | "pointer", actions: readonly Action[]): Promise<void> {
    await this.profile.session.switchTo(this.window);
    await this.profile.session.act(type, actions);
  }

  private async command(method: string, path: string, body?: unknown): Promise<unknown> {
    await this.profile.session.switchTo(this.window);
    return this.profile.session.command(method, path, body);
  }
}

interface LocatorOptions {
  readonly hasText?: string | RegExp;
  readonly hasNotText?: string | RegExp;
  readonly has?: Locator;
}

/** Playwright's `Locator`; of several elements, the first is meant. */
class Locator {
  constructor(
    private readonly page: WebKitPage,
    readonly steps: readonly Step[],
  ) {}

  locator(selector: string, { hasText, hasNotText, has }: LocatorOptions = {}): Locator {
    return new Locator(this.page, [
      ...this.steps,
      ...stepsOf(selector),
      ...(hasText === undefined ? [] : [{ text: wordsOf(hasText), isWanted: true }]),
      ...(hasNotText === undefined ? [] : [{ text: wordsOf(hasNotText), isWanted: false }]),
      ...(has === undefined ? [] : [{ has: has.steps }]),
    ]);
  }

  first(): Locator {
    return new Locator(this.page, [...this.steps, { nth: 0 }]);
  }

  last(): Locator {
    return new Locator(this.page, [...this.steps, { nth: -1 }]);
  }

  async count(): Promise<number> {
    return (await this.ask("return elements.length")) as number;
  }

  async allTextContents(): Promise<readonly string[]> {
    return (await this.ask("return elements.map(({ textContent }) => textContent)")) as string[];
  }

  async isVisible(): Promise<boolean> {
    return (await this.ask("return elements.length > 0 && isVisible(elements[0])")) as boolean;
  }

  async isHidden(): Promise<boolean> {
    return !(await this.isVisible());
  }

  isDisabled(): Promise<boolean> {
    return this.once("element.disabled") as Promise<boolean>;
  }

  async textContent(): Promise<string | null> {
    return (await this.once("element.textContent")) as string;
  }

  async getAttribute(name: string): Promise<string | null> {
    await this.once("true");
    return (await this.ask(`return elements[0].getAttribute(${JSON.stringify(name)})`)) as string;
  }

  async focus(): Promise<void> {
    await this.once("(element.focus(), true)");
  }

  async press(chord: string): Promise<void> {
    await this.focus();
    await this.page.keyboard.press(chord);
  }

  async fill(text: string): Promise<void> {
    await this.once(
      `(element.focus(), element.value = ${JSON.stringify(text)}, element.dispatchEvent(new Event("input", { bubbles: true })))`,
    );
  }

  async choose(value: string): Promise<void> {
    await this.once(
      `[...element.options].some((option) => option.value === ${JSON.stringify(value)}) ? (element.value = ${JSON.stringify(value)}, element.dispatchEvent(new Event("change", { bubbles: true }))) : undefined`,
    );
  }

  async waitFor({ state = "visible" } = {}): Promise<void> {
    const isThere = {
      visible: "elements.some(isVisible)",
      hidden: "!elements.some(isVisible)",
      detached: "elements.length === 0",
    }[state]!;
    await this.page.until(() => this.ask(`return (${isThere}) || undefined`), this.words(state));
  }

  async hover(): Promise<void> {
    const { x, y } = await this.point();
    await this.page.mouse.move(x, y);
  }

  async click({ position }: { readonly position?: { x: number; y: number } } = {}): Promise<void> {
    const { x, y } = await this.point(position);
    await this.page.mouse.move(x, y);
    await this.page.act("pointer", [
      { type: "pointerDown", button: 0 },
      { type: "pointerUp", button: 0 },
    ]);
  }

  private point(position?: object): Promise<{ readonly x: number; readonly y: number }> {
    return this.page.until(
      () =>
        this.ask(
          `return pointOf(elements[0], ${JSON.stringify(position) ?? "undefined"})`,
        ) as Promise<{
          x: number;
          y: number;
        }>,
      this.words("to be pointed at"),
    );
  }

  /** An expression about the `element`, once there is one. */
  private once(expression: string): Promise<unknown> {
    return this.page.until(
      () =>
        this.ask(
          `const [element] = elements; return element === undefined ? undefined : (${expression})`,
        ),
      this.words("there"),
    );
  }

  private ask(body: string): Promise<unknown> {
    return this.page.run(
      `${finders} const elements = find(${JSON.stringify(this.steps)}); ${body}`,
    );
  }

  private words(state: string): string {
    return `${JSON.stringify(this.steps)} ${state}`;
  }
}

/** What was asked of a page that is left is asked again of the next. */
function ignoreNavigation(error: Error): undefined {
  if (!/^(javascript error|no such window|unknown error|script timeout)/.test(error.message)) {
    throw error;
  }
}

function isExpression(script: string): boolean {
  try {
    void new Script(`async () => (${script}\n)`);
    return true;
  } catch {
    return false;
  }
}

/** `Control+a` as WebDriver presses it. */
function pressed(chord: string): readonly Action[] {
  const names = chord.length === 1 ? [chord] : chord.split(/\+(?=.)/);
  const values = names.map((name) => keys[name] ?? name);
  return [
    ...values.map((value) => ({ type: "keyDown", value })),
    ...[...values].reverse().map((value) => ({ type: "keyUp", value })),
  ];
}

const keys: { readonly [name: string]: string } = {
  Backspace: "\ue003",
  Tab: "\ue004",
  Enter: "\ue007",
  "\n": "\ue007",
  Shift: "\ue008",
  Control: "\ue009",
  Escape: "\ue00c",
  Space: " ",
  End: "\ue010",
  Home: "\ue011",
  ArrowLeft: "\ue012",
  ArrowUp: "\ue013",
  ArrowRight: "\ue014",
  ArrowDown: "\ue015",
  Delete: "\ue017",
  F2: "\ue032",
  F8: "\ue038",
  F12: "\ue03c",
};
