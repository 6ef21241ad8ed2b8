import { instantiate } from "../../dist/component/index.js";
import { runCases } from "./run-cases.js";

window.runInPage = (cases) => runCases(instantiate, cases);

window.runInWorker = (cases) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(cases);
  });
