import { Hourglass } from "lucide-react";
import { useEffect, useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { t } from "@/text/i18n";
import { Countdown } from "@/ui/Countdown";
import { Icon } from "@/ui/Icon";

/** Says how long it takes until Clerk is asked again, as long as it does. */
export function WaitingForClerk() {
  const backend = useBackend();
  const [until, setUntil] = useState(0);
  useEffect(
    () => backend.onWait((milliseconds) => setUntil((known) => Math.max(known, Date.now() + milliseconds))),
    [backend],
  );
  useEffect(() => {
    if (until === 0) return;
    const over = setTimeout(() => setUntil(0), until - Date.now());
    return () => clearTimeout(over);
  }, [until]);

  return (
    <span role="status" className="flex items-center gap-1.5 text-warn">
      {until === 0 ? null : (
        <>
          <Icon icon={Hourglass} className="size-3.5" />
          {t("status.busy")}
          <Countdown until={new Date(until).toISOString()} label={t("status.busy")} />
        </>
      )}
    </span>
  );
}
