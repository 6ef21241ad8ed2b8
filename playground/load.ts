/** The bytes of what the workers load; the build writes it above the bundle. */
declare const sizes: { readonly [file: string]: number };

/** What the component's worker loads. */
export const componentFiles = Object.keys(sizes).filter((file) => file !== "worker.js");

/**
 * Fetches what a worker is about to load, which the browser then has, and tells how far that is, from
 * 0 to 1. What cannot be fetched is left to the worker, which says why.
 */
export async function fetchAhead(
  files: readonly string[],
  tell: (share: number) => void,
): Promise<void> {
  const total = files.reduce((sum, file) => sum + sizes[file]!, 0);
  let loaded = 0;
  tell(0);
  const fetchFile = async (file: string) => {
    const reader = (await fetch(file)).body!.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      loaded += read.value.length;
      tell(Math.min(1, loaded / total));
    }
  };
  await Promise.allSettled(files.map(fetchFile));
}

/** `40 %` */
export function percent(share: number): string {
  return `${Math.floor(100 * share)} %`;
}
