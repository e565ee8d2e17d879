/** How the mode of an impersonation looks and counts, in every place that shows it. */
import { Eye, Link2, type LucideIcon, Pencil, VenetianMask } from "lucide-react";
import { type Impersonation, type Mode, modeOf, stateOf } from "@/backend/impersonations";
import { formatSpan, secondsUntil } from "@/text/format";
import { t } from "@/text/i18n";
import { useNow } from "@/ui/useNow";
import { endOf, isWaiting } from "./impersonations";

export const modeLooks = {
  view_only: { icon: Eye, tone: "accent", ink: "text-accent-ink" },
  allow_changes: { icon: Pencil, tone: "warn", ink: "text-warn" },
} as const satisfies Record<Mode, { icon: LucideIcon; tone: string; ink: string }>;

/** The mark of an impersonation: its mode, or how far it is where nobody knows the mode. */
export function markOf(item: Impersonation): { icon: LucideIcon; tone: "accent" | "warn"; ink: string } {
  const mode = modeOf(item);
  if (mode && !isWaiting(item)) return modeLooks[mode];
  return { icon: stateOf(item) === "live" ? VenetianMask : Link2, tone: "accent", ink: "text-accent-ink" };
}

/** The time that counts: until changes are over by themselves while they are allowed, else to the end. */
export function clockOf(item: Impersonation): { of: "changes" | "session" | "link"; until: string } {
  if (isWaiting(item)) return { of: "link", until: endOf(item) };
  const { changesUntil } = item.watching;
  return modeOf(item) === "allow_changes" && changesUntil !== ""
    ? { of: "changes", until: changesUntil }
    : { of: "session", until: endOf(item) };
}

/** The same in words: "Changes as Tomás Ferreira: 6 minutes 12 seconds left". */
export function useClockInWords(item: Impersonation, name: string): string {
  const { of, until } = clockOf(item);
  const time = formatSpan(secondsUntil(until, useNow()));
  return t("countdown.left", { label: t(`countdown.${of}`, { name }), time });
}
