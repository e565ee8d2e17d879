/**
 * Makes something when it is first used. An engine takes a millisecond to make each
 * object of Intl, five for the first: a start does not wait for objects it does not need.
 */
export function once<T>(make: () => T): () => T {
  let made: { readonly it: T } | undefined;
  return () => {
    made ??= { it: make() };
    return made.it;
  };
}
