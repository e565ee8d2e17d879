import type { UserRow } from "@/backend/users";
import { daysBetween, formatClock, formatDay, formatMoment } from "@/text/format";
import { t } from "@/text/i18n";

const minute = 60_000;
const hour = 60 * minute;

/** Names a last sign-in without a time: it never was, or its time could not be read. */
export function withoutSignIn({ lastSignInUnread }: Pick<UserRow, "lastSignInUnread">): string {
  return t(lastSignInUnread ? "users.unknownTime" : "users.never");
}

// Times as people say them. Each takes RFC 3339, "" when unknown, and now in milliseconds.

/** "Today", "Yesterday", "20 Nov"; "" when unknown. */
export function day(time: string, now: number): string {
  return time === "" ? "" : (near(time, now) ?? formatDay(time, now));
}

/** How far Clerk's clock may be ahead of this one. */
const skew = 5 * minute;

/** "Just now", "2 min ago", "5 h ago", "Yesterday", "2 days ago", else the day; "" when unknown. */
export function ago(time: string, now: number): string {
  if (time === "") return "";
  const passed = now - Date.parse(time);
  const days = daysBetween(time, now);
  if (passed < -skew) return day(time, now);
  if (passed < minute) return t("users.justNow");
  if (passed < hour) return t("users.minutesAgo", { count: Math.floor(passed / minute) });
  if (days === 0) return t("users.hoursAgo", { count: Math.floor(passed / hour) });
  return days < 2 || days > 6 ? day(time, now) : t("users.daysAgo", { count: days });
}

/** "Today, 09:42", "21 Nov 2026, 17:08"; "" when unknown. */
export function moment(time: string, now: number): string {
  if (time === "") return "";
  const close = near(time, now);
  return close === undefined ? formatMoment(time) : `${close}, ${formatClock(time)}`;
}

function near(time: string, now: number): string | undefined {
  const days = daysBetween(time, now);
  if (days === 0) return t("today");
  return days === 1 ? t("yesterday") : undefined;
}
