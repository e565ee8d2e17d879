// The suggestions of the search box: the names of conditions, their usual values, and
// in an empty box the searches of before.

import type { Organization, Searches } from "@/backend/users";
import { allPrefixes, lastWord, type Prefix, type Term, write } from "./grammar";

export type Suggestion =
  | { readonly kind: "prefix"; readonly prefix: Prefix; readonly text: string }
  | { readonly kind: "value"; readonly term: Term; readonly text: string }
  | { readonly kind: "organization"; readonly term: Term; readonly text: string; readonly name: string }
  /** A whole search. */
  | { readonly kind: "pinned" | "recent"; readonly text: string };

/** Letters of a prefix that must be typed: with fewer, every other name would look like one. */
const enoughLetters = 3;

/** Suggests how the text may go on, with today's month and year on the operator's calendar. */
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

/** Returns the part of an organization typed at the end of a text; undefined if none is typed there. */
export function typedOrganization(text: string): string | undefined {
  const { term } = lastWord(text);
  return term?.prefix === "org" ? term.value : undefined;
}

/** So many are as good as all: more letters find the others. */
const organizationsAtMost = 8;

/** The organizations that the letters typed so far may mean, of those that were found for some of them. */
export function suggestOrganizations(typed: string, found: readonly Organization[]): Suggestion[] {
  const letters = typed.toLowerCase();
  const isOneOf = (organization: Organization) =>
    [organization.name, organization.slug, organization.id].some((word) =>
      word.toLowerCase().includes(letters),
    );
  return found
    .filter((organization) => isOneOf(organization) && valueOf(organization, found) !== typed)
    .slice(0, organizationsAtMost)
    .map((organization) => {
      const term: Term = { prefix: "org", value: valueOf(organization, found) };
      return { kind: "organization", term, text: write(term), name: organization.name };
    });
}

/** Returns a value that means this organization alone: some instances have no slugs, and names can be shared. */
function valueOf({ id, name, slug }: Organization, found: readonly Organization[]): string {
  if (slug !== "") return slug;
  return found.some((other) => other.id !== id && other.name.toLowerCase() === name.toLowerCase())
    ? id
    : name;
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
