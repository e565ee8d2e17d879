import { Lock } from "lucide-react";
import type { Rules } from "@/backend/settings";
import { formatClock } from "@/text/format";
import { t } from "@/text/i18n";
import { Icon } from "@/ui/Icon";
import { Segmented } from "@/ui/Segmented";
import { useNow } from "@/ui/useNow";

const sessionMinutes = [10, 30, 60] as const;

/** The length to begin with, in minutes: as in the settings, unless the rules allow less. */
export function allowedMinutes(minutes: number, rules: Rules): number {
  return rules.longest_session_minutes === 0 ? minutes : Math.min(minutes, rules.longest_session_minutes);
}

/** How long the session lasts. Lengths that the rules do not allow are shown, and cannot be chosen. */
export function EndsAfter({
  minutes,
  rules,
  onChange,
}: {
  minutes: number;
  rules: Rules;
  onChange: (minutes: number) => void;
}) {
  const longest = rules.longest_session_minutes;
  const managed = rules.managed.includes("longest_session_minutes");
  return (
    <div>
      <Segmented
        label={t("impersonate.endsAfter")}
        value={minutes}
        onChange={onChange}
        options={sessionMinutes.map((value) => ({
          value,
          label: value === 60 ? t("hours", { count: 1 }) : t("minutes", { count: value }),
          disabled: allowedMinutes(value, rules) !== value,
        }))}
      />
      {longest > 0 && longest < 60 ? (
        <p className="mt-1.5 flex items-center gap-1.5 text-11 text-ink-3">
          <Icon icon={Lock} className="size-3.5" />
          {t(managed ? "impersonate.longestManaged" : "impersonate.longest", { count: longest })}
        </p>
      ) : null}
    </div>
  );
}

/** The session's end, if it begins now. */
export function EndsAt({ minutes }: { minutes: number }) {
  const now = useNow();
  return (
    <span className="text-12 text-ink-2">
      {t("impersonate.endsAt")}{" "}
      <b className="font-semibold text-ink">{formatClock(now + minutes * 60_000)}</b>
    </span>
  );
}
