/** What a component makes of every case, in whatever host this runs; one instance for all. */
export async function runCases(instantiate, cases) {
  const compiler = await instantiate();
  return cases.map(({ sources, options }) => compiler.compile(sources, options));
}
