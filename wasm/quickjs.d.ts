/** What QuickJS has beyond the library that the sources are checked with. */
interface String {
  toWellFormed(): string;
}
