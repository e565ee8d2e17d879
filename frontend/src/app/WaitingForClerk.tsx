import { Hourglass } from "lucide-react";
import { useEffect, useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { Waiting } from "@/backend/events";
import { t } from "@/text/i18n";
import { Countdown } from "@/ui/Countdown";
import { Icon } from "@/ui/Icon";

const words = { limit: "status.ownLimit", clerk: "status.clerkAsked", retry: "status.tryingAgain" } as const;

/** Says how long it takes until Clerk is asked again, and whose limit that is. */
export function WaitingForClerk() {
  const backend = useBackend();
  const [wait, setWait] = useState<{ until: number; what: Waiting }>();
  useEffect(
    () =>
      backend.onWait((milliseconds, what) => {
        const until = Date.now() + milliseconds;
        setWait((known) => (known && known.until >= until ? known : { until, what }));
      }),
    [backend],
  );
  useEffect(() => {
    if (wait === undefined) return;
    const over = setTimeout(() => setWait(undefined), wait.until - Date.now());
    return () => clearTimeout(over);
  }, [wait]);

  return (
    <span role="status" className="flex items-center gap-1.5 text-warn">
      {wait === undefined ? null : (
        <>
          <Icon icon={Hourglass} className="size-3.5" />
          {t(words[wait.what])}:
          <Countdown until={new Date(wait.until).toISOString()} label={t(words[wait.what])} />
        </>
      )}
    </span>
  );
}
