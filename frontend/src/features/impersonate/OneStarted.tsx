import { problemFrom } from "@/backend/problem";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Countdown } from "@/ui/Countdown";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { waitingOf } from "@/workspace/impersonations";
import { useWorkspace } from "@/workspace/workspace";
import { EndButton } from "./EndButton";
import { NotOpened, OpenChosen } from "./NotOpened";
import type { Seen } from "./phase";
import { useStarted } from "./started";

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
        <p>
          {t("impersonate.linkWorks")} <Countdown until={item.linkExpiresAt} />
        </p>
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
      {phase === "expired" ? (
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
