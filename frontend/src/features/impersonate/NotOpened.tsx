import { useMutation } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import { type Impersonation, stateOf } from "@/backend/backend";
import type { Problem } from "@/backend/problem";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Countdown } from "@/ui/Countdown";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { openingKey } from "@/workspace/impersonations";
import { EndButton } from "./EndButton";
import { overWords, useFollowed } from "./useFollowed";

/** In the message: why no browser opened, and the ways on with the same token. */
export function NotOpened({
  created,
  browser,
  problem,
  onOpened,
  onOver,
}: {
  created: Impersonation;
  browser: string;
  problem: Problem;
  onOpened: () => void;
  onOver: () => void;
}) {
  const backend = useBackend();
  const { item, over } = useFollowed(created, onOver);
  const open = useMutation({
    mutationKey: openingKey(created.id),
    mutationFn: () => backend.openTicket(created.id, browser),
    onSuccess: onOpened,
  });
  const copy = useMutation({ mutationFn: () => backend.copyTicketLink(created.id) });

  if (over) return <p>{t(overWords(item))}</p>;
  const live = stateOf(item) === "live";
  const shown = copy.error?.problem ?? open.error?.problem ?? problem;
  return (
    <>
      {live ? null : (
        <ProblemNotice
          key={`${shown.code} ${open.submittedAt} ${copy.submittedAt}`}
          problem={shown}
          compact
          className="my-2 -mr-7 text-ink"
        />
      )}
      <p>
        {t(live ? "impersonate.openedLive" : "impersonate.openedPending")}{" "}
        <Countdown
          until={live ? item.sessionEndsAt : item.linkExpiresAt}
          label={item.userName || item.userEmail || item.userID}
        />
      </p>
      {copy.isSuccess ? <p role="status">{t("impersonate.copied")}</p> : null}
      <div className="mt-2 flex flex-wrap gap-2">
        {live ? null : (
          <>
            <Button disabled={open.isPending} onClick={() => open.mutate()}>
              {t(open.isPending ? "impersonate.openingAgain" : "impersonate.again")}
            </Button>
            <Button disabled={copy.isPending} onClick={() => copy.mutate()}>
              {t("impersonate.copyLink")}
            </Button>
          </>
        )}
        <EndButton item={item} />
      </div>
    </>
  );
}
