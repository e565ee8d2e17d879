import { type Impersonation, stateOf } from "@/backend/backend";
import { t } from "@/text/i18n";
import { Countdown } from "@/ui/Countdown";
import { EndButton } from "./EndButton";
import { overWords, useFollowed } from "./useFollowed";

/** In the message: how long the link works, then how long the session lasts, and the end of either. */
export function Opened({ created, onOver }: { created: Impersonation; onOver: () => void }) {
  const { item, over } = useFollowed(created, onOver);
  const name = item.userName || item.userEmail || item.userID;
  if (over) return <p>{t(overWords(item))}</p>;
  const live = stateOf(item) === "live";
  return (
    <>
      <p>
        {t(live ? "impersonate.openedLive" : "impersonate.openedPending")}{" "}
        <Countdown until={live ? item.sessionEndsAt : item.linkExpiresAt} label={name} />
      </p>
      <div className="mt-2 flex gap-2">
        <EndButton item={item} />
      </div>
    </>
  );
}
