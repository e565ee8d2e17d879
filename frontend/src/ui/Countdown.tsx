import { formatCountdown, secondsUntil } from "@/text/format";
import { t } from "@/text/i18n";
import { cx } from "./cx";
import { useNow } from "./useNow";

/**
 * The time that is left, counting. It turns amber under a minute, and says so
 * aloud at 1:00 and at the end only.
 */
export function Countdown({ until, label, className }: { until: string; label: string; className?: string }) {
  const left = secondsUntil(until, useNow());
  return (
    <span className={cx("font-semibold tabular-nums", left < 60 && "text-warn", className)}>
      <span>{formatCountdown(left)}</span>
      <span role="status" className="sr-only">
        {left > 55 && left <= 60 ? t("countdown.minute", { label }) : null}
        {left === 0 ? t("countdown.over", { label }) : null}
      </span>
    </span>
  );
}
