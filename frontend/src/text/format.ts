/** Times, spans and ids as the operator reads them. Times come as RFC 3339, "" when unknown. */
import { locale } from "./locale";
import { once } from "./once";

const dates = (options: Intl.DateTimeFormatOptions) => once(() => new Intl.DateTimeFormat(locale(), options));

const clock = dates({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const clockWithSeconds = dates({ timeStyle: "medium", hourCycle: "h23" });
const dayOfYear = dates({ day: "numeric", month: "short" });
const fullDay = dates({ day: "numeric", month: "short", year: "numeric" });
const month = dates({ month: "long" });
const monthOfYear = dates({ month: "long", year: "numeric" });
const weekday = dates({ weekday: "long", day: "numeric", month: "long" });
const list = once(() => new Intl.ListFormat("en"));
const count = once(() => new Intl.NumberFormat(locale()));

export function formatCount(value: number): string {
  return count().format(value);
}

/** "Chrome, Edge, and Brave". The sentences around it are English. */
export function formatList(names: readonly string[]): string {
  return list().format(names);
}

/** "13:02" */
export function formatClock(time: string | number): string {
  return time === "" ? "" : clock().format(new Date(time));
}

/** "13:02:41" */
export function formatSeconds(time: string): string {
  return time === "" ? "" : clockWithSeconds().format(new Date(time));
}

/** "20 Nov", with the year when it is not this one. */
export function formatDay(time: string, now: number): string {
  if (time === "") return "";
  const date = new Date(time);
  const thisYear = date.getFullYear() === new Date(now).getFullYear();
  return (thisYear ? dayOfYear : fullDay)().format(date);
}

/** "21 Nov 2026, 17:08" */
export function formatMoment(time: string): string {
  return time === "" ? "" : `${fullDay().format(new Date(time))}, ${formatClock(time)}`;
}

/** "November", with the year when it is not this one. */
export function formatMonth(time: string, now: number): string {
  const date = new Date(time);
  const thisYear = date.getFullYear() === new Date(now).getFullYear();
  return (thisYear ? month : monthOfYear)().format(date);
}

/** "Friday, 20 November" */
export function formatWeekday(time: string): string {
  return weekday().format(new Date(time));
}

/** How many midnights lie between the two, in the operator's own zone. */
export function daysBetween(time: string, now: number): number {
  return Math.round((midnight(new Date(now)) - midnight(new Date(time))) / 86_400_000);
}

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** Whole seconds until then, at least 0. The clock of the window may lag by one: it is never too long. */
export function secondsUntil(time: string, now: number): number {
  return Math.max(0, Math.floor((Date.parse(time) - now) / 1000));
}

/** "12:41", "1:02:03": the time left, for a clock that counts. */
export function formatCountdown(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

const units = {
  hour: numberOf("hour"),
  minute: numberOf("minute"),
  second: numberOf("second"),
};

function numberOf(unit: string) {
  return once(() => new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: "long" }));
}

/** "6 minutes 12 seconds": the time left, as it is read aloud. */
export function formatSpan(seconds: number): string {
  const parts = {
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
  };
  const said = (["hour", "minute", "second"] as const).filter((unit) => parts[unit] > 0);
  return (said.length > 0 ? said : (["second"] as const))
    .map((unit) => units[unit]().format(parts[unit]))
    .join(" ");
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

const letters = once(() => new Intl.Segmenter(locale(), { granularity: "grapheme" }));

/** "Alexandrin…enzollern": a name that is too long for its place loses its middle. */
export function cutMiddle(name: string, most = 20): string {
  const all = Array.from(letters().segment(name), ({ segment }) => segment);
  if (all.length <= most) return name;
  const end = Math.floor((most - 1) / 2);
  return `${all.slice(0, most - 1 - end).join("")}…${all.slice(-end).join("")}`;
}

/** "user_2nQx…LrWc": enough of an id to tell it from its neighbours. */
export function shortenID(id: string): string {
  return id.length <= 16 ? id : `${id.slice(0, 9)}…${id.slice(-4)}`;
}
