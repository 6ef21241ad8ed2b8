/**
 * What WebDriver cannot do to a page is done to what it loads: scripts that run before its own,
 * requests that are held up or refused, a network that is gone, and word of what goes wrong in it.
 */
import {
  request as ask,
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** What a page asks of its proxy. */
export interface ProxyRules {
  /** Run before the page's own scripts. */
  readonly scripts: readonly string[];
  /** Takes a request for a path: answers, refuses or lets it through. */
  route(path: string): ((answer: RouteAnswer) => unknown) | undefined;
  complain(text: string): void;
}

/** The part of Playwright's `Route` that the tests need. */
export interface RouteAnswer {
  abort(): void;
  continue(): void;
}

/** Stands between a browser and a server. */
export class WebKitProxy {
  private readonly open = new Set<Socket>();
  private isOffline = false;

  private constructor(
    private readonly server: Server,
    readonly target: string,
  ) {
    server.on("connection", (socket) => {
      if (this.isOffline) {
        socket.destroy();
      }
      this.open.add(socket);
      socket.on("close", () => this.open.delete(socket));
    });
  }

  /** `target` and the proxy's own `origin` end without a slash. */
  static async start(target: string, rules: ProxyRules): Promise<WebKitProxy> {
    const server = createServer(
      (request, response) => void serve(target, rules, request, response),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new WebKitProxy(server, target);
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  setOffline(isOffline: boolean): void {
    this.isOffline = isOffline;
    if (isOffline) {
      this.hangUp();
    }
  }

  stop(): void {
    this.server.close();
    this.hangUp();
  }

  private hangUp(): void {
    for (const socket of this.open) {
      socket.destroy();
    }
  }
}

const complaints = "/.complaints";

async function serve(
  target: string,
  rules: ProxyRules,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = request.url!;
  if (path === complaints) {
    let text = "";
    request.setEncoding("utf8").on("data", (part: string) => (text += part));
    request.on("end", () => {
      rules.complain(text);
      response.writeHead(204).end();
    });
    return;
  }
  const forward = () => void pass(target, rules, request, response);
  const route = rules.route(path);
  if (route === undefined) {
    return forward();
  }
  await route({ abort: () => response.destroy(), continue: forward });
}

async function pass(
  target: string,
  { scripts }: ProxyRules,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (/(^|\/)([^/.]*|[^/]*\.html)([?#]|$)/.test(request.url!)) {
    const answer = await fetch(`${target}${request.url}`).catch(() => undefined);
    if (answer === undefined) {
      return void response.destroy();
    }
    const html = await answer.text();
    // What is before the page's policy is not subject to it.
    const script = `<head><script>${[tellComplaints, ...scripts].map((text) => `{${text}}`).join("\n")}</script>`;
    response.writeHead(answer.status, {
      "content-type": answer.headers.get("content-type") ?? "text/plain",
      "cache-control": "no-cache",
    });
    return void response.end(html.replace("<head>", () => script));
  }
  const asked = ask(`${target}${request.url}`, { headers: request.headers }, (answer) => {
    response.writeHead(answer.statusCode!, answer.headers);
    answer.pipe(response);
  });
  asked.on("error", () => response.destroy());
  asked.end();
}

/** Errors and refused resources, and what is written to the console as an error. */
const tellComplaints = `
  const tell = (text) => void navigator.sendBeacon(${JSON.stringify(complaints)}, text);
  const { error } = console;
  console.error = (...words) => (tell(words.join(" ")), error.apply(console, words));
  addEventListener("error", ({ message, target }) => tell(message ?? "could not load " + (target.src ?? target.href)), true);
  addEventListener("unhandledrejection", ({ reason }) => tell(String(reason)));
`;
