import { type QueryClient, type QueryKey, useMutation } from "@tanstack/react-query";

/** Returns the fields to change, from the values at that time. */
export type Change<T> = (now: T) => Partial<T>;

/** Something that Go keeps as a whole. */
interface Kept<T> {
  /** Under which key it is shown. */
  queryKey: QueryKey;
  read: () => Promise<T>;
  /** Answers with what is kept then. */
  save: (changed: T) => Promise<T>;
  onSettled?: () => Promise<unknown>;
}

/**
 * Saves changes, one after the other. Each shows at once and is made to what is
 * kept when its turn comes: two that are made in a hurry both count, and one that
 * is refused takes no other with it. A change that cannot be saved goes back.
 */
export function useSaveChanges<T extends object>(
  { queryKey, read, save, onSettled }: Kept<T>,
  queries: QueryClient,
) {
  // The values shown already count the changes that come next.
  const isLast = () => queries.isMutating({ mutationKey: queryKey }) === 1;
  return useMutation(
    {
      mutationKey: queryKey,
      scope: { id: queryKey.join(" ") },
      onMutate: async (change: Change<T>) => {
        // A read under way would bring the values of before.
        await queries.cancelQueries({ queryKey });
        queries.setQueryData<T>(queryKey, (now) => now && { ...now, ...change(now) });
      },
      mutationFn: async (change) => {
        const kept = await read();
        return save({ ...kept, ...change(kept) });
      },
      onSuccess: (saved) => {
        if (isLast()) queries.setQueryData<T>(queryKey, saved);
      },
      onError: async () => {
        if (isLast()) await queries.invalidateQueries({ queryKey });
      },
      onSettled: () => onSettled?.(),
    },
    queries,
  );
}
