import { formatCountdown, secondsUntil } from "@/text/format";
import { t } from "@/text/i18n";
import { cx } from "./cx";
import { useNow } from "./useNow";

/**
 * The time that is left, counting. It turns amber under a minute. With a label it
 * says so aloud; without one something else does, for all places that show it.
 */
export function Countdown({
  until,
  label,
  className,
}: {
  until: string;
  label?: string;
  className?: string;
}) {
  const left = secondsUntil(until, useNow());
  return (
    <span className={cx("font-semibold tabular-nums", left < 60 && "text-warn", className)}>
      <span>{formatCountdown(left)}</span>
      {label === undefined ? null : <Remaining left={left} label={label} />}
    </span>
  );
}

/** Speaks at 1:00 and at the end only. left is in seconds. */
export function Remaining({ left, label }: { left: number; label: string }) {
  return (
    <span role="status" className="sr-only">
      {left > 55 && left <= 60 ? t("countdown.minute", { label }) : null}
      {left === 0 ? t("countdown.over", { label }) : null}
    </span>
  );
}
