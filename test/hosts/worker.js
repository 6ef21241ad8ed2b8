import { instantiate } from "../../dist/component/index.js";
import { runCases } from "./run-cases.js";

self.onmessage = async ({ data }) => self.postMessage(await runCases(instantiate, data));
