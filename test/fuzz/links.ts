import { deflateRawSync } from "node:zlib";
import * as fc from "fast-check";
import { fromHash, LinkError, toHash } from "../../playground/share.js";
import { initialState } from "../../playground/state.js";
import { mutated } from "../arbitrary-inventories.js";
import { ensure, type Front } from "./front.js";
import { inventoryTexts, names } from "./texts.js";

const state = fc
  .array(fc.record({ name: names, text: inventoryTexts }), { minLength: 1, maxLength: 3 })
  .chain((files) =>
    fc.record(
      Object.fromEntries(
        Object.entries(initialState(files)).map(([key, value]) => [
          key,
          fc.oneof({ weight: 9, arbitrary: fc.constant<unknown>(value) }, fc.jsonValue()),
        ]),
      ),
    ),
  );
const hash = fc
  .oneof(
    state.map((state) => JSON.stringify(state)),
    mutated(state.map((state) => JSON.stringify(state))),
    fc.json(),
  )
  .map((json) => `#1.0/${deflateRawSync(json).toString("base64url")}`);

/** A link is refused with a reason, or gives a state that a link can carry again. */
export const links: Front<string> = {
  inputs: fc.oneof(hash, mutated(hash), fc.string({ unit: "binary" })),
  check: async (hash) => {
    const shared = await fromHash(hash).catch((error: unknown) => {
      ensure(error instanceof LinkError, `${String(error)} is an error for people`);
      return undefined;
    });
    if (shared !== undefined) {
      const again = await fromHash(await toHash(shared.state, shared.version));
      ensure(JSON.stringify(again) === JSON.stringify(shared), "the state stays the same");
    }
  },
};
