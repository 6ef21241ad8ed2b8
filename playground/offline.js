/**
 * Keeps the page, so that it works without a network. The build prepends `site`, what the caches of
 * this worker are named after, `files`, the names of all files, and `build`, a name for exactly these
 * bytes: files are asked for anew, but not sent again if they are the same, and cached together, so
 * that no old one is mixed with a new one. A new build waits until no page of the old one is open,
 * which would otherwise start a worker of the wrong build.
 */
const cacheName = `${site}-${build}`;

self.addEventListener("install", (event) => {
  const requests = ["./", ...files].map((file) => new Request(file, { cache: "no-cache" }));
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(requests)));
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
  event.respondWith(
    caches
      .match(event.request, { cacheName, ignoreSearch: true })
      .then((kept) => kept ?? fetch(event.request)),
  );
});
