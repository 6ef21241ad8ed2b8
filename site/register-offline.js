/** Keeps the pages of this site for visits without a network. */
const worker = new URL("offline.js", document.currentScript.src);
if (location.protocol !== "file:") {
  void navigator.serviceWorker?.register(worker);
}
