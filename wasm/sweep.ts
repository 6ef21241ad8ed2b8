/**
 * Overwrites with zeros what compiling this program left in free memory. The
 * component is a snapshot of the memory: what is free would be stored as well,
 * a third of its size.
 */
export function sweep(): void {
  const blocks: string[] = [];
  for (const size of [32768, 8192, 4000, 2048, 1500, 1000, 700, 500, 350, 250]) {
    for (let filled = 0; filled < 600_000; filled += size) blocks.push("\0".repeat(size - (blocks.length % 2)));
  }
}
