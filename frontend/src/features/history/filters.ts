import { everything, type HistoryFilter, type Result } from "@/backend/history";

/** The spans that may be asked for, in days with today. */
const days = { day: 1, week: 7, month: 30 } as const;
export type Span = keyof typeof days;
export const spans: readonly Span[] = ["day", "week", "month"];

/** The filters of the list; an undefined one narrows nothing. */
export interface Filters {
  span?: Span | undefined;
  /** Days of the operator's own zone, as 2026-01-31: the first and the last. */
  from?: string | undefined;
  to?: string | undefined;
  userID?: string | undefined;
  operatorID?: string | undefined;
  result?: Result | undefined;
  instanceID?: string | undefined;
  /** The number of a record: entries that began later are left out. */
  upTo?: number | undefined;
}

/** Returns the filter that Go is asked for; undefined if nothing narrows. */
export function filterOf(filters: Filters, query: string, now: number): HistoryFilter | undefined {
  const filter: HistoryFilter = {
    ...everything,
    query: query.trim(),
    since: filters.from ? dayStart(filters.from, 0) : filters.span ? startOf(days[filters.span], now) : "",
    until: filters.to ? dayStart(filters.to, 1) : "",
    userID: filters.userID ?? "",
    operatorID: filters.operatorID ?? "",
    result: filters.result ?? "",
    instanceID: filters.instanceID ?? "",
    upTo: filters.upTo ?? 0,
  };
  const narrows = Object.entries(filter).some(([name, value]) => value !== Reflect.get(everything, name));
  return narrows ? filter : undefined;
}

/** When a day begins, or one so many days after it; "" for what is no day. */
function dayStart(day: string, after: number): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return "";
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  return new Date(year, month - 1, date + after).toISOString();
}

/** When so many days begin, in the operator's own zone, of which today is the last. */
function startOf(count: number, now: number): string {
  const today = new Date(now);
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() - count + 1).toISOString();
}
