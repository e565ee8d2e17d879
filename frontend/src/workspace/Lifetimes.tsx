import type { Impersonation } from "@/backend/impersonations";
import { secondsUntil } from "@/text/format";
import { t } from "@/text/i18n";
import { Remaining } from "@/ui/Countdown";
import { useNow } from "@/ui/useNow";
import { endOf, isWaiting } from "./impersonations";

/**
 * Says aloud, once for all places that show it, when a link or a session has a
 * minute left and when its time is up.
 */
export function Lifetimes({
  items,
  nameOf,
}: {
  items: readonly Impersonation[];
  nameOf: (item: Impersonation) => string;
}) {
  const now = useNow();
  return items.map((item) => (
    <Remaining
      key={item.id}
      left={secondsUntil(endOf(item), now)}
      label={t(isWaiting(item) ? "countdown.link" : "countdown.session", { name: nameOf(item) })}
    />
  ));
}
