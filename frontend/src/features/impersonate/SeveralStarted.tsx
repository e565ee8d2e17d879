import { useQuery } from "@tanstack/react-query";
import { useActionBus } from "@/actions/ActionProvider";
import { useBackend } from "@/backend/BackendProvider";
import { t } from "@/text/i18n";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { Countdown } from "@/ui/Countdown";
import { mineOf } from "@/workspace/impersonations";
import { liveQuery } from "@/workspace/queries";
import { useWorkspace } from "@/workspace/workspace";
import { isDecision, type Seen } from "./phase";

/** More would hide what is worked on. */
const most = 4;

/** In the message of several impersonations: a line for each of the first, and how many more there are. */
export function SeveralStarted({ all, onPick }: { all: readonly Seen[]; onPick: (id: string) => void }) {
  const { navigate } = useWorkspace();
  return (
    <>
      {all.every(({ phase }) => phase === "signedIn") ? <p>{t("impersonate.allStay")}</p> : null}
      <ul className="mt-1.5 -mr-7">
        {all.slice(0, most).map((seen) => (
          <Row key={seen.item.id} seen={seen} onPick={() => onPick(seen.item.id)} />
        ))}
      </ul>
      {all.length > most ? (
        <Button variant="link" className="-ml-2.5" onClick={() => navigate("live")}>
          {t("impersonate.more", { count: all.length - most })}
        </Button>
      ) : null}
    </>
  );
}

function Row({ seen, onPick }: { seen: Seen; onPick: () => void }) {
  const { item, phase, user, name } = seen;
  return (
    <li className="flex min-h-8.5 items-center gap-2 border-t border-line">
      <Avatar id={user.id} initials={user.initials} size="sm" />
      <bdi className="min-w-0 flex-1 truncate text-left text-13 text-ink">{name}</bdi>
      <span>
        {phase === "signedIn" ? (
          <>
            <Countdown until={item.sessionEndsAt} /> {t("impersonate.row.signedIn")}
          </>
        ) : (
          t(`impersonate.row.${phase}`)
        )}
        {phase === "waiting" || phase === "copied" ? (
          <>
            {" "}
            <Countdown until={item.linkExpiresAt} />
          </>
        ) : null}
      </span>
      {isDecision(seen) ? (
        <Button size="sm" className="h-6" onClick={onPick}>
          {t(phase === "notOpened" ? "impersonate.choose" : "impersonate.details")}
          <span className="sr-only"> {name}</span>
        </Button>
      ) : null}
    </li>
  );
}

/** At the foot of it: where they go on, and the end of all that the operator runs. */
export function SeveralFoot() {
  const { navigate } = useWorkspace();
  const bus = useActionBus();
  const { active, elsewhere } = mineOf(useQuery(liveQuery(useBackend())).data);
  const count = active.length + elsewhere.length;
  return (
    <>
      <Button onClick={() => navigate("live")}>{t("impersonate.showInLive")}</Button>
      {count > 0 ? (
        <Button variant="danger" onClick={() => bus.dispatch("endAll")}>
          {t("impersonate.endAll", { count })}
        </Button>
      ) : null}
    </>
  );
}
