/** What this browser was shown already, and need not be again. */
export function wasSeen(name: string): boolean {
  try {
    return localStorage.getItem(`inventory2nix/${name}`) !== null;
  } catch {
    // Where nothing is kept, it would be shown each time.
    return true;
  }
}

export function remember(name: string): void {
  try {
    localStorage.setItem(`inventory2nix/${name}`, "seen");
  } catch {
    // It is shown again.
  }
}
