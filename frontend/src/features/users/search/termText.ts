import { formatDay, formatMonth } from "@/text/format";
import { t } from "@/text/i18n";
import type { Prefix, Term } from "./grammar";
import type { Meaning } from "./meaning";

// Conditions as people say them: "Created", "in November".

const date = /^(<=|>=|<|>)?(\d{4})(-\d\d)?(-\d\d)?$/;
const age = /^(<=|>=|<|>)?(\d+)([hdwmy])$/;

const isUnit = (text: string | undefined): text is "h" | "d" | "w" | "m" | "y" =>
  text !== undefined && /^[hdwmy]$/.test(text);

export function nameOfTerm(prefix: Prefix): string {
  return t(`users.by.${prefix}`);
}

/** The name of what a pasted text names users by, with how many there are. */
export function nameOfMeaning({ prefix, values }: Meaning): string {
  const name = nameOfTerm(prefix);
  return values.length === 1 ? name : t("users.several", { name, count: values.length });
}

/** now is in milliseconds since 1970: the year that need not be said. */
export function valueOfTerm({ prefix, value }: Term, now: number): string {
  if (prefix === "banned") return value.toLowerCase();
  const isDated = prefix === "created" || prefix === "active" || prefix === "signed-in";
  return (isDated ? (ageText(value) ?? dateText(value, now)) : undefined) ?? value;
}

function ageText(text: string): string | undefined {
  const [, sign = "", count = "", unit] = age.exec(text) ?? [];
  if (!isUnit(unit)) return undefined;
  const span = t(`users.dates.${unit}`, { count: Number(count) });
  return t(sign.startsWith(">") ? "users.dates.ago" : "users.dates.last", { span });
}

function dateText(text: string, now: number): string | undefined {
  const [found, sign = "", year = "", month = "", day = ""] = date.exec(text) ?? [];
  if (found === undefined) return undefined;
  const first = `${year}${month || "-01"}${day || "-01"}T00:00:00`;
  if (Number.isNaN(Date.parse(first))) return undefined;
  const period = day !== "" ? formatDay(first, now) : month !== "" ? formatMonth(first, now) : year;
  switch (sign) {
    case ">":
      return t("users.dates.after", { period });
    case ">=":
      return t("users.dates.from", { period });
    case "<":
      return t("users.dates.before", { period });
    case "<=":
      return t("users.dates.until", { period });
    default:
      return t(day === "" ? "users.dates.in" : "users.dates.on", { period });
  }
}
