import type { HistoryEntry } from "@/backend/backend";
import { daysBetween } from "@/text/format";
import { type Result, resultOf } from "./entries";

/** The spans that may be asked for, in days with today. */
const days = { day: 1, week: 7, month: 30 } as const;
export type Span = keyof typeof days;
export const spans: readonly Span[] = ["day", "week", "month"];

/** What the list is narrowed to; what is undefined narrows nothing. */
export interface Filters {
  span?: Span | undefined;
  operatorID?: string | undefined;
  result?: Result | undefined;
  instanceID?: string | undefined;
}

export function passes(entry: HistoryEntry, filters: Filters, now: number): boolean {
  const { span, operatorID, result, instanceID } = filters;
  return (
    (span === undefined || daysBetween(entry.time, now) < days[span]) &&
    (operatorID === undefined || entry.operatorID === operatorID) &&
    (result === undefined || resultOf(entry) === result) &&
    (instanceID === undefined || entry.instanceID === instanceID)
  );
}

/** What can be chosen from: what occurs in the record, in the order in which it does. */
export function choicesIn(entries: readonly HistoryEntry[]) {
  return {
    operators: [...new Set(entries.map(({ operatorID }) => operatorID))],
    results: [...new Set(entries.map(resultOf))],
    instances: [...new Set(entries.map(({ instanceID }) => instanceID))],
  };
}
