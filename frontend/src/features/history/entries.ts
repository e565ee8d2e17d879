import { type ChainState, chainOf, type History, type HistoryEntry, stateOf } from "@/backend/backend";
import { daysBetween } from "@/text/format";

/** Whether an entry holds what is searched for: every word of it, in the reason, the reference or an id. */
export function matches(entry: HistoryEntry, query: string): boolean {
  const text = [entry.reason, entry.reference, entry.userID, entry.operatorID]
    .join("\n")
    .toLocaleLowerCase("en");
  return query
    .toLocaleLowerCase("en")
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** The entry that holds the first record that does not fit, if there is one. */
export function breakIn({ entries, verification }: History): HistoryEntry | undefined {
  const state: ChainState = chainOf(verification);
  if (state !== "broken") return undefined;
  return entries.find(({ records }) => records.some(({ seq }) => seq === verification.line));
}

export interface Day {
  /** A time within the day. */
  time: string;
  /** How many days ago it was, 0 today. */
  ago: number;
  entries: HistoryEntry[];
}

/** The entries by day of the operator's own zone, in the order they come. */
export function byDay(entries: readonly HistoryEntry[], now: number): Day[] {
  const days: Day[] = [];
  for (const entry of entries) {
    const ago = daysBetween(entry.time, now);
    const last = days.at(-1);
    if (last?.ago === ago) last.entries.push(entry);
    else days.push({ time: entry.time, ago, entries: [entry] });
  }
  return days;
}

/** The name of an outcome among the texts of the screen. */
export function resultOf(entry: HistoryEntry) {
  const state = stateOf(entry);
  if (state !== "ended") return state;
  switch (entry.ended) {
    case "time":
      return "timeUp" as const;
    case "unused":
      return "unused" as const;
    case "elsewhere":
      return "elsewhere" as const;
    default:
      return "ended" as const;
  }
}
