/** The history as Go gives it: a page of what passes a filter. */
import type { Backend } from "../backend";
import type { HistoryEntry, HistoryFilter } from "../history";

type Request = Parameters<Backend["listHistory"]>[0];

/** As Go does, it looks through only so many entries for one page. */
export function pageOfHistory(history: HistoryEntry[], { filter, cursor, limit }: Request, most: number) {
  const entries: HistoryEntry[] = [];
  const from = history.length - (cursor === "" ? history.length : Number(cursor));
  let at = from;
  for (; at < history.length && at - from < most && entries.length < limit; at++) {
    const entry = history[at];
    if (entry && passes(entry, filter)) entries.push(entry);
  }
  // Counted from the oldest, as places in the log are: a new entry moves no other.
  const next = at < history.length ? String(history.length - at) : "";
  return { entries, next, reached: entries.length < limit ? (history[at]?.time ?? "") : "" };
}

function isOrAny(wanted: string, got: string): boolean {
  return wanted === "" || wanted === got;
}

function passes(entry: HistoryEntry, filter: HistoryFilter): boolean {
  const { since, until, upTo } = filter;
  return (
    (since === "" || Date.parse(entry.time) >= Date.parse(since)) &&
    (until === "" || Date.parse(entry.time) < Date.parse(until)) &&
    (upTo === 0 || (entry.seqs[0] ?? 0) <= upTo) &&
    isOrAny(filter.userID, entry.userID) &&
    isOrAny(filter.operatorID, entry.operatorID) &&
    isOrAny(filter.instanceID, entry.instanceID) &&
    isOrAny(filter.result, entry.result) &&
    matches(entry, filter.query)
  );
}

function matches({ reason, reference, userID, operatorID }: HistoryEntry, query: string): boolean {
  const text = [reason, reference, userID, operatorID].join("\n").toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
