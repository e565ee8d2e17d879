import { type ChainState, chainOf, type HistoryEntry, stateOf, type Verification } from "@/backend/backend";
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
export function breakIn(
  entries: readonly HistoryEntry[],
  verification: Verification | undefined,
): HistoryEntry | undefined {
  const state: ChainState | undefined = verification && chainOf(verification);
  if (state !== "broken") return undefined;
  return entries.find(({ seqs }) => verification && seqs.includes(verification.line));
}

export interface Day {
  /** A time within the day. */
  time: string;
  /** How many days ago it was, 0 today. */
  ago: number;
  count: number;
}

/** One line of the list: the head of a day, or an entry of it. */
export type Line =
  | { readonly day: Day; readonly entry?: undefined }
  | { readonly day: Day; readonly entry: HistoryEntry };

/** The lines of the list: the entries in the order they come, each day of the operator's own zone with a head. */
export function linesOf(entries: readonly HistoryEntry[], now: number): Line[] {
  const lines: Line[] = [];
  let day: Day | undefined;
  for (const entry of entries) {
    const ago = daysBetween(entry.time, now);
    if (day?.ago !== ago) {
      day = { time: entry.time, ago, count: 0 };
      lines.push({ day });
    }
    day.count += 1;
    lines.push({ day, entry });
  }
  return lines;
}

/** The newest entries, as they are now, before the older ones of the whole list. */
export function joined(
  newest: readonly HistoryEntry[],
  whole: readonly HistoryEntry[] | undefined,
): readonly HistoryEntry[] {
  if (!whole) return newest;
  const ids = new Set(newest.map(({ id }) => id));
  return [...newest, ...whole.filter(({ id }) => !ids.has(id))];
}

const results = [
  "live",
  "pending",
  "opened",
  "requested",
  "ended",
  "timeUp",
  "idle",
  "elsewhere",
  "window",
  "unused",
  "stolen",
  "refused",
  "failed",
  "accepted",
  "unknown",
] as const;
export type Result = (typeof results)[number];

/** Whether an entry is about the record itself, which was accepted as it is, and no impersonation. */
export function isAcceptance(entry: HistoryEntry): boolean {
  return entry.state === "accepted";
}

/** The name of an outcome among the texts of the screen. */
export function resultOf(entry: HistoryEntry): Result {
  if (isAcceptance(entry)) return "accepted";
  const state = stateOf(entry);
  if (state !== "ended") return state;
  switch (entry.ended) {
    case "time":
      return "timeUp";
    case "idle":
    case "unused":
    case "elsewhere":
    case "window":
    case "stolen":
    case "refused":
      return entry.ended;
    default:
      return "ended";
  }
}
