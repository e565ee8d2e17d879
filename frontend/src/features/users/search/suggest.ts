// What the search box offers while one types: the names of conditions, their
// usual values, and in an empty box the searches of before.

import type { Searches } from "@/backend/backend";
import { allPrefixes, lastWord, type Prefix, type Term, write } from "./grammar";

export type Suggestion =
  | { readonly kind: "prefix"; readonly prefix: Prefix; readonly text: string }
  | { readonly kind: "value"; readonly term: Term; readonly text: string }
  /** A whole search. */
  | { readonly kind: "pinned" | "recent"; readonly text: string };

/** Letters of a prefix that must be typed: with fewer, every other name would look like one. */
const enoughLetters = 3;

/** What may follow the text, with today's month and year on the operator's calendar. */
export function suggest(text: string, searches: Searches, today: Date): Suggestion[] {
  if (text.trim() === "") {
    return [
      ...searches.pinned.map((search) => ({ kind: "pinned" as const, text: search })),
      ...searches.recent.map((search) => ({ kind: "recent" as const, text: search })),
    ];
  }
  const last = lastWord(text);
  if (last.term !== undefined) return valuesOf(last.term, today);
  const typed = last.text.toLowerCase();
  if (typed.length < enoughLetters) return [];
  return allPrefixes
    .filter((prefix) => prefix.startsWith(typed))
    .map((prefix) => ({ kind: "prefix", prefix, text: `${prefix}:` }));
}

function valuesOf({ prefix, value }: Term, today: Date): Suggestion[] {
  return usual(prefix, today)
    .filter((known) => known.startsWith(value.toLowerCase()) && known !== value)
    .map((known) => ({
      kind: "value",
      term: { prefix, value: known },
      text: write({ prefix, value: known }),
    }));
}

function usual(prefix: Prefix, today: Date): readonly string[] {
  const year = String(today.getFullYear());
  const month = `${year}-${String(today.getMonth() + 1).padStart(2, "0")}`;
  switch (prefix) {
    case "banned":
      return ["yes", "no"];
    case "created":
      return ["<24h", "<7d", "<30d", month, year, ">1y"];
    case "active":
    case "signed-in":
      return ["<24h", "<7d", "<30d", ">30d", ">90d", ">1y"];
    default:
      return [];
  }
}
