export function createRequire() {
  return { resolve: (name: string) => name };
}
