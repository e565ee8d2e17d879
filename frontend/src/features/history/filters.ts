import type { HistoryFilter } from "@/backend/backend";
import { everything } from "@/workspace/useRecord";
import type { Result } from "./entries";

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
  /** The number of a record: what began later is left out. */
  upTo?: number | undefined;
}

/** What Go is asked for; undefined if that is everything. */
export function filterOf(filters: Filters, query: string, now: number): HistoryFilter | undefined {
  const filter: HistoryFilter = {
    ...everything,
    query: query.trim(),
    since: filters.span === undefined ? "" : startOf(days[filters.span], now),
    operatorID: filters.operatorID ?? "",
    result: filters.result ?? "",
    instanceID: filters.instanceID ?? "",
    upTo: filters.upTo ?? 0,
  };
  const narrows = Object.entries(filter).some(([name, value]) => value !== Reflect.get(everything, name));
  return narrows ? filter : undefined;
}

/** When so many days begin, in the operator's own zone, of which today is the last. */
function startOf(count: number, now: number): string {
  const today = new Date(now);
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() - count + 1).toISOString();
}
