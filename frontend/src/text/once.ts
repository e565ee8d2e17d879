/**
 * Makes something when it is first used. What Intl makes takes an engine a
 * millisecond each, the first one five: those that a start does not need can wait.
 */
export function once<T>(make: () => T): () => T {
  let made: { readonly it: T } | undefined;
  return () => {
    made ??= { it: make() };
    return made.it;
  };
}
