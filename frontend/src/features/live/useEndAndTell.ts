import type { Impersonation } from "@/backend/impersonations";
import { t } from "@/text/i18n";
import { useToast } from "@/ui/Toast";
import { useEnding, userNameOf, wayToEnd } from "@/workspace/impersonations";

/** Ends an impersonation from where nothing else would show what came of it. */
export function useEndAndTell(): { isPending: boolean; start: (item: Impersonation) => void } {
  const toast = useToast();
  const { isPending, mutate } = useEnding();
  return {
    isPending,
    start: (item) => {
      const name = userNameOf(item);
      mutate(item, {
        onSuccess: () => toast.show({ title: t(`ends.${wayToEnd(item)}.done`, { name }) }),
        onError: ({ problem }) =>
          toast.show({
            title: t(`ends.${wayToEnd(item)}.failed`, { name }),
            children: `${problem.message} ${problem.next}`,
            stays: true,
          }),
      });
    },
  };
}
