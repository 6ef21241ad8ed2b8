/**
 * Properties are tried with the same values in every run, so that none fails by luck. `SEED=7 npm
 * test` tries others, and `npm run fuzz` always does.
 */
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env["SEED"] ?? 1) });

export default fc;
