import { type QueryClient, type QueryKey, useMutation } from "@tanstack/react-query";
import { patched, type Rules, type RulesPatch, type Settings, type SettingsPatch } from "@/backend/settings";

/** Something that Go keeps. */
interface Kept<T, Patch> {
  /** Under which key it is shown. */
  queryKey: QueryKey;
  /** Answers with all that is kept then. */
  change: (patch: Patch) => Promise<T>;
  onSettled?: () => Promise<unknown>;
}

/**
 * Makes changes, one after the other. Each shows at once, and Go makes it to what is
 * kept when its turn comes: two that are made in a hurry both count, and one that is
 * refused takes no other with it. A refused change goes back.
 */
export function useChange<T extends Settings | Rules, Patch extends SettingsPatch | RulesPatch>(
  { queryKey, change, onSettled }: Kept<T, Patch>,
  queries: QueryClient,
) {
  // The values shown already count the changes that come next.
  const isLast = () => queries.isMutating({ mutationKey: queryKey }) === 1;
  return useMutation(
    {
      mutationKey: queryKey,
      scope: { id: queryKey.join(" ") },
      onMutate: async (patch: Patch) => {
        // A read under way would bring the values of before.
        await queries.cancelQueries({ queryKey });
        queries.setQueryData<T>(queryKey, (now) => now && patched(now, patch));
      },
      mutationFn: change,
      onSuccess: (changed) => {
        if (isLast()) queries.setQueryData<T>(queryKey, changed);
      },
      onError: async () => {
        if (isLast()) await queries.invalidateQueries({ queryKey });
      },
      onSettled: () => onSettled?.(),
    },
    queries,
  );
}
