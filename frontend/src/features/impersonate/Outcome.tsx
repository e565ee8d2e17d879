import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useBackend } from "@/backend/BackendProvider";
import { type Impersonation, stateOf } from "@/backend/backend";
import { decodeProblem } from "@/backend/problem";
import { liveQuery } from "@/backend/queries";
import { Button } from "@/ui/Button";
import { Countdown } from "@/ui/Countdown";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { useEnd } from "@/workspace/impersonations";

/** A message about something that is over goes away after this. */
const leaveMS = 6_000;

/**
 * What became of an impersonation just started, as it goes on: not opened, with
 * other ways; opened, with the time that the link works; signed in; over.
 */
export function Outcome({
  created,
  browser,
  failed,
  onDone,
}: {
  created: Impersonation;
  browser: string;
  /** What opening the browser was rejected with, null if it opened. */
  failed: unknown;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const backend = useBackend();
  const live = useQuery(liveQuery(backend)).data;
  const item = live?.items.find(({ id }) => id === created.id) ?? created;
  const state = stateOf(item);
  const name = item.userName || item.userEmail || item.userID;

  const open = useMutation({ mutationFn: () => backend.openTicket(created.id, browser) });
  const copy = useMutation({ mutationFn: () => backend.copyTicketLink(created.id) });
  const end = useEnd(created.id);
  const over = state === "ended" || state === "failed";

  useEffect(() => {
    if (!over) return undefined;
    const timer = setTimeout(onDone, leaveMS);
    return () => clearTimeout(timer);
  }, [over, onDone]);

  if (over) return <p>{end.isSuccess ? t("impersonate.revoked") : t("impersonate.openedEnded")}</p>;

  const problem = open.error?.problem ?? (failed && !open.isSuccess ? decodeProblem(failed) : undefined);
  return (
    <div>
      {problem && state !== "live" ? (
        <ProblemNotice key={open.submittedAt} problem={problem} className="my-2 text-ink" />
      ) : null}
      <p>
        {t(state === "live" ? "impersonate.openedLive" : "impersonate.openedPending")}{" "}
        <Countdown until={state === "live" ? item.sessionEndsAt : item.linkExpiresAt} label={name} />
      </p>
      {copy.isSuccess ? <p role="status">{t("impersonate.copied")}</p> : null}
      {[copy.error, end.error].map((error) =>
        error ? (
          <ProblemNotice key={error.problem.code} problem={error.problem} className="my-2 text-ink" />
        ) : null,
      )}
      <div className="mt-2 flex flex-wrap gap-2">
        {problem && state !== "live" ? (
          <>
            <Button disabled={open.isPending} onClick={() => open.mutate()}>
              {t("impersonate.again")}
            </Button>
            <Button disabled={copy.isPending} onClick={() => copy.mutate()}>
              {t("impersonate.copyLink")}
            </Button>
          </>
        ) : null}
        <Button disabled={end.isPending} onClick={() => end.mutate()}>
          {end.isPending
            ? t("impersonate.ending")
            : t(state === "live" ? "impersonate.end" : "impersonate.revoke")}
        </Button>
      </div>
    </div>
  );
}
