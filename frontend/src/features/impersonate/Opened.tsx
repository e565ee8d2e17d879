import { type Impersonation, stateOf } from "@/backend/backend";
import { problemFrom } from "@/backend/problem";
import { t } from "@/text/i18n";
import { Countdown } from "@/ui/Countdown";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { waitingOf } from "@/workspace/impersonations";
import { EndButton } from "./EndButton";
import { overWords, useFollowed } from "./useFollowed";

/**
 * In the message: how long the link works, then how long the session lasts, and the
 * end of either; of one that nobody knows, why.
 */
export function Opened({ created, onOver }: { created: Impersonation; onOver: () => void }) {
  const { item, over } = useFollowed(created, onOver);
  if (over) return <p>{t(overWords(item))}</p>;
  return (
    <>
      {item.problem ? (
        <ProblemNotice problem={problemFrom(item.problem)} compact className="my-2 -mr-7 text-ink" />
      ) : (
        <TimeLeft item={item} />
      )}
      <div className="mt-2 flex gap-2">
        <EndButton item={item} />
      </div>
    </>
  );
}

/** How long the link works, or what the session waits for and how long it lasts. */
export function TimeLeft({ item }: { item: Impersonation }) {
  const live = stateOf(item) === "live";
  const what = waitingOf(item);
  const words = live
    ? t(what ? "impersonate.openedWaiting" : "impersonate.openedLive", { what })
    : t("impersonate.openedPending");
  return (
    <p>
      {words} <Countdown until={live ? item.sessionEndsAt : item.linkExpiresAt} />
    </p>
  );
}
