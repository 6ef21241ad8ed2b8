/** Serves a folder on localhost: the playground, or the site with it. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const types = {
  ".html": "text/html",
  ".css": "text/css",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** A server for the files of one folder; nothing else can be reached. */
export function serve(folder, port = 0) {
  const compressed = new Map();
  const server = createServer(async (request, response) => {
    try {
      const name = path.posix
        .normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname))
        .replace(/\/$/, "/index.html");
      const file = path.join(folder, name);
      const content = await readFile(file);
      if (!compressed.get(file)?.content.equals(content)) {
        compressed.set(file, {
          content,
          bytes: brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
          tag: `"${createHash("sha256").update(content).digest("hex").slice(0, 16)}"`,
        });
      }
      const { bytes, tag } = compressed.get(file);
      if (request.headers["if-none-match"] === tag) {
        response.writeHead(304, { etag: tag, "cache-control": "no-cache" }).end();
        return;
      }
      response.writeHead(200, {
        "content-type": types[path.extname(name)] ?? "text/plain",
        "content-encoding": "br",
        "cache-control": "no-cache",
        etag: tag,
      });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(server)));
}

if (process.argv[1] === import.meta.filename) {
  const server = await serve(path.resolve(process.argv[2]), Number(process.env["PORT"] ?? 8080));
  console.log(`http://localhost:${server.address().port}/`);
}
