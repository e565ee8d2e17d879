import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import type { RefObject } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { type Impersonation, stateOf } from "@/backend/impersonations";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { useEnd, userNameOf } from "@/workspace/impersonations";
import { liveQuery } from "@/workspace/queries";
import { copyLink, type Way } from "./ways";

/**
 * The impersonation that is in the way, if there is one: a browser that the operator
 * uses holds one at a time, and Clerk refuses the second after it was paid for. Two
 * ways to such a browser may lead to the same one.
 */
export function useTaken(way: Way | undefined, ways: readonly Way[]): Impersonation | undefined {
  const items = useQuery({ ...liveQuery(useBackend()), refetchOnMount: "always" }).data?.items ?? [];
  const isShared = (id: string) => ways.some((one) => one.id === id && one.id !== copyLink && !one.isolated);
  if (!way || !isShared(way.id)) return undefined;
  return items.find((item) => stateOf(item) === "live" && isShared(item.browser));
}

/** Says who is in the way, and ends that or goes round it. */
export function Taken({
  item,
  instead,
  endRef,
  isReady,
  onEnded,
  onChoose,
}: {
  item: Impersonation;
  /** A browser with a window of its own, if there is one. */
  instead: Way | undefined;
  endRef: RefObject<HTMLButtonElement | null>;
  /** Whether the rest of the form is as it must be; it complains if not. */
  isReady: () => boolean;
  onEnded: () => void;
  onChoose: (way: string) => void;
}) {
  const end = useEnd(item);
  const name = userNameOf(item);
  const goOn = () => {
    // Once it has ended this is gone, and what was begun here goes on.
    if (isReady()) end.mutateAsync().then(onEnded, () => undefined);
  };
  return (
    <div className="-mt-2.5 flex gap-2.5 rounded-md bg-warn-bg p-2.5 text-12">
      <Icon icon={TriangleAlert} className="mt-0.5 text-warn" />
      <div className="min-w-0 flex-1">
        <div role="status">
          <p className="font-semibold">{t("impersonate.taken", { name })}</p>
          <p className="text-ink-2">{t("impersonate.takenAbout")}</p>
        </div>
        {end.error ? (
          <ProblemNotice key={end.submittedAt} problem={end.error.problem} compact className="mt-1.5" />
        ) : null}
        <div className="mt-1.5 flex flex-wrap gap-2">
          <Button ref={endRef} disabled={end.isPending} onClick={goOn}>
            {end.isPending ? t("ends.session.acting") : t("impersonate.endFirst", { name })}
          </Button>
          {instead ? (
            <Button onClick={() => onChoose(instead.id)}>
              {t("impersonate.useInstead", { browser: instead.name })}
            </Button>
          ) : null}
        </div>
      </div>
    </div>
  );
}
