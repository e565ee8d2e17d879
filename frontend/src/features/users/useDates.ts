import { useTranslation } from "react-i18next";
import { daysBetween, formatClock, formatDay, formatMoment } from "@/text/format";

const minute = 60_000;
const hour = 60 * minute;

/** Times as people say them. Each takes RFC 3339, "" when unknown, and now in milliseconds. */
export interface Dates {
  /** "Today", "Yesterday", "20 Nov"; "" when unknown. */
  readonly day: (time: string, now: number) => string;
  /** "Just now", "2 min ago", "5 h ago", "Yesterday", "2 days ago", then the day; "Never" when unknown. */
  readonly ago: (time: string, now: number) => string;
  /** "Today, 09:42", "21 Nov 2026, 17:08"; "" when unknown. */
  readonly moment: (time: string, now: number) => string;
}

export function useDates(): Dates {
  const { t } = useTranslation();

  const near = (time: string, now: number): string | undefined => {
    const days = daysBetween(time, now);
    if (days === 0) return t("today");
    return days === 1 ? t("yesterday") : undefined;
  };

  const day: Dates["day"] = (time, now) => (time === "" ? "" : (near(time, now) ?? formatDay(time, now)));

  const ago: Dates["ago"] = (time, now) => {
    if (time === "") return t("users.never");
    const passed = now - Date.parse(time);
    const days = daysBetween(time, now);
    if (passed < minute) return t("users.justNow");
    if (passed < hour) return t("users.minutesAgo", { count: Math.floor(passed / minute) });
    if (days === 0) return t("users.hoursAgo", { count: Math.floor(passed / hour) });
    return days < 2 || days > 6 ? day(time, now) : t("users.daysAgo", { count: days });
  };

  const moment: Dates["moment"] = (time, now) => {
    if (time === "") return "";
    const close = near(time, now);
    return close === undefined ? formatMoment(time) : `${close}, ${formatClock(time)}`;
  };

  return { day, ago, moment };
}
