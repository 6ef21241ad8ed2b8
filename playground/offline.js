/**
 * Keeps the page, so that it works without a network. The build prepends `site`, what the caches of
 * this worker are named after, `files`, the names of all files, and `build`, a name for exactly these
 * bytes: files are asked for anew, but not sent again if they are the same, and cached together, so
 * that no old one is mixed with a new one. A new build waits until no page of the old one is open,
 * which would otherwise start a worker of the wrong build.
 *
 * The first page has two names, with and without `index.html`. It is asked for by the one that is
 * open, whose bytes the browser has, and found by both.
 */
const cacheName = `${site}-${build}`;

self.addEventListener("install", (event) => {
  event.waitUntil(keepAll());
});

self.addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith(`${site}-`) && name !== cacheName;
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name)))),
  );
});

self.addEventListener("fetch", (event) => {
  event.respondWith(find(event.request));
});

async function keepAll() {
  const open = await clients.matchAll({ includeUncontrolled: true });
  const isNamed = open.some(({ url }) => new URL(url).pathname.endsWith("/index.html"));
  const requests = files
    .map((file) => (file === "index.html" && !isNamed ? "./" : file))
    .map((file) => new Request(file, { cache: "no-cache" }));
  const cache = await caches.open(cacheName);
  await cache.addAll(requests);
}

async function find(request) {
  const { pathname } = new URL(request.url);
  const otherName = pathname.endsWith("/")
    ? `${pathname}index.html`
    : pathname.replace(/index\.html$/, "");
  const options = { cacheName, ignoreSearch: true };
  return (
    (await caches.match(request, options)) ??
    (await caches.match(otherName, options)) ??
    fetch(request)
  );
}
