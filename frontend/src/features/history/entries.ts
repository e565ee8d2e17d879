import type { HistoryEntry } from "@/backend/history";
import { daysBetween } from "@/text/format";

export interface Day {
  /** A time within the day. */
  time: string;
  /** How many days ago it was, 0 today. */
  ago: number;
  /** How many entries it has; undefined while some may not be held. */
  count: number | undefined;
}

/** One line of the list: the head of a day, or an entry of it. */
export type Line =
  | { readonly day: Day; readonly entry?: undefined }
  | { readonly day: Day; readonly entry: HistoryEntry };

/**
 * The lines of the list: the entries in the order they come, each day of the
 * operator's own zone with a head. Of the days at the ends it is not known how many
 * entries they have where the history goes on there.
 */
export function linesOf(
  entries: readonly HistoryEntry[],
  now: number,
  { hasNewer, hasOlder }: { hasNewer: boolean; hasOlder: boolean },
): Line[] {
  const lines: Line[] = [];
  let day: Day | undefined;
  let count = 0;
  const finish = (isWhole: boolean) => {
    if (day && isWhole) day.count = count;
  };
  for (const entry of entries) {
    const ago = daysBetween(entry.time, now);
    if (day?.ago !== ago) {
      finish(!(hasNewer && lines[0]?.day === day));
      day = { time: entry.time, ago, count: undefined };
      count = 0;
      lines.push({ day });
    }
    count += 1;
    lines.push({ day, entry });
  }
  finish(!hasOlder && !(hasNewer && lines[0]?.day === day));
  return lines;
}

/** Whether an entry is about the audit log itself, which was accepted as it is, and no impersonation. */
export function isAcceptance(entry: HistoryEntry): boolean {
  return entry.result === "accepted";
}
