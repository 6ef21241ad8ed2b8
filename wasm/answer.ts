/**
 * What is thrown must be the `err` of the WIT, a string: anything else would trap and leave a dead
 * instance.
 */
export function answer<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    throw (
      error instanceof Error
        ? `${error.name}: ${error.message}\n${error.stack ?? ""}`
        : String(error)
    ).toWellFormed();
  }
}
