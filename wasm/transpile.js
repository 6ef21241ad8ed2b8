export async function transpileFor() {}
