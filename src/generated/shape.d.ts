/**
 * The keys of each place in the fixed shape, by its dotted path, where `*` is a name that the user
 * chose.
 */
export const places: { readonly [place: string]: readonly string[] };
