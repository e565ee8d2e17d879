import { modeOf } from "@/backend/impersonations";
import { problemFrom } from "@/backend/problem";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Countdown } from "@/ui/Countdown";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { waitingOf } from "@/workspace/impersonations";
import { clockOf } from "@/workspace/modes";
import { nameOf } from "@/workspace/person";
import { useWorkspace } from "@/workspace/workspace";
import { EndButton } from "./EndButton";
import { NotOpened, OpenChosen } from "./NotOpened";
import type { Seen } from "./phase";
import { useStarted } from "./started";
import { useWayName } from "./ways";

/** In the message of one impersonation: how long the link works or the session lasts, or what went wrong. */
export function Told({
  seen,
  chosen,
  onChoose,
}: {
  seen: Seen;
  chosen: string;
  onChoose: (way: string) => void;
}) {
  const { item, name, outcome } = seen;
  switch (seen.phase) {
    case "opening":
      return <p>{t("impersonate.openingAbout")}</p>;
    case "waiting":
      return (
        <>
          <p>
            {t("impersonate.linkWorks")} <Countdown until={item.linkExpiresAt} />
          </p>
          <Mode seen={seen} />
        </>
      );
    case "denied":
      return <Denied code={item.watching.signInCode} />;
    case "unfinished":
      return (
        <>
          <p>
            {t("impersonate.notSignedIn")} <Countdown until={item.linkExpiresAt} />{" "}
            {t("impersonate.linkMore")}
          </p>
          <p>{t("impersonate.unfinishedAbout")}</p>
        </>
      );
    case "copied":
      return (
        <p>
          {t("impersonate.copiedAbout", { name })} <Countdown until={item.linkExpiresAt} />
        </p>
      );
    case "signedIn": {
      const what = waitingOf(item);
      return (
        <>
          <p>
            {t(what ? "impersonate.sessionWaits" : "impersonate.sessionEnds", { what })}{" "}
            <Countdown until={item.sessionEndsAt} />
          </p>
          <Mode seen={seen} />
          <p>{t("impersonate.staysInLive")}</p>
        </>
      );
    }
    case "notOpened":
      return <NotOpened seen={seen} chosen={chosen} onChoose={onChoose} />;
    case "expired":
      return <p>{t("impersonate.expiredAbout", { name })}</p>;
    case "unclear":
      return item.problem ? (
        <ProblemNotice problem={problemFrom(item.problem)} compact className="mt-2 -mr-7 text-ink" />
      ) : null;
    case "stolen":
      return <p>{t("impersonate.stolenAbout")}</p>;
    case "refused":
      // Why the rules refuse it now, where that was said.
      return <p>{typeof outcome === "object" ? outcome.message : t("impersonate.refusedAbout")}</p>;
    case "ended":
      return null;
    default:
      return seen.phase satisfies never;
  }
}

/** Says what can be changed in the browser, or that nobody sees what is. */
function Mode({ seen: { item, way, user } }: { seen: Seen }) {
  const wayName = useWayName();
  const mode = modeOf(item);
  const { of, until } = clockOf(item);
  if (!mode) return <p>{t("impersonate.unwatched", { browser: wayName(way) })}</p>;
  if (mode === "view_only") return <p>{t("impersonate.viewOnly")}</p>;
  return of === "changes" ? (
    <p>
      {t("impersonate.changesLeft")} <Countdown until={until} />
    </p>
  ) : (
    <p>{t("impersonate.changesReal", { name: nameOf(user) })}</p>
  );
}

/** Clerk's codes of a link that it refuses, see {@link Denied}. */
const denials = {
  actor_token_already_used_code: "used",
  actor_token_revoked_code: "canceled",
  ticket_expired_code: "expired",
  ticket_invalid_code: "invalid",
  session_creation_not_allowed: "taken",
} as const;

/** Says why Clerk refused the link, and the way on from there. */
function Denied({ code }: { code: string }) {
  const known = Object.entries(denials).find(([name]) => name === code)?.[1];
  const why = known ?? "other";
  return (
    <>
      <p role="alert">{t(`impersonate.denied.${why}.why`)}</p>
      <p>{t(`impersonate.denied.${why}.next`)}</p>
      {known === undefined && code ? <p className="font-id select-text">{code}</p> : null}
    </>
  );
}

/** The actions at its foot, and the way back to the others. */
export function Foot({
  seen,
  chosen,
  onAll,
}: {
  seen: Seen;
  chosen: string;
  onAll: (() => void) | undefined;
}) {
  const { item, phase, user, request } = seen;
  const { drop } = useStarted();
  const { impersonate } = useWorkspace();
  const isOver = ["expired", "stolen", "refused", "ended"].includes(phase);
  return (
    <>
      {isOver ? null : <EndButton item={item} />}
      {phase === "notOpened" ? <OpenChosen seen={seen} chosen={chosen} /> : null}
      {phase === "expired" || phase === "denied" ? (
        <Button
          variant="primary"
          onClick={() => {
            impersonate(user, { ...request, browser: seen.way });
            drop([item.id]);
          }}
        >
          {t("impersonate.impersonateAgain")}
        </Button>
      ) : null}
      {onAll ? (
        <Button variant="link" size="inline" onClick={onAll}>
          {t("impersonate.backToAll")}
        </Button>
      ) : null}
    </>
  );
}
