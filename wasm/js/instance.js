import { instantiate } from "./inventory2nix.js";

/** A fresh instance of the library; every import is refused, because it needs none. */
export async function instantiateWith(getModule) {
  const { compiler } = await instantiate(getModule, refusing());
  return compiler;
}

/** Every interface, with every function and resource: each throws when it is used. */
function refusing() {
  const refuse = () => {
    throw new Error("the compiler asks its host for nothing");
  };
  const anInterface = new Proxy(
    {},
    {
      get: () =>
        class {
          constructor() {
            refuse();
          }
        },
    },
  );
  return new Proxy({}, { get: () => anInterface, has: () => true });
}
