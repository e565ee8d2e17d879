// The grammar of the search box, as far as the window needs it: it finds the words of
// a text that are conditions and can stand as chips. Go decides what a search means,
// and what is wrong with one: internal/directory.

import { type Meaning, meaningOf } from "./meaning";
import { bare, externalIDs, tidy, understand } from "./pasted";
import { digitsOf, isDialled, mostDigits } from "./values";

/** One prefixed condition, such as banned:yes. */
export interface Term {
  readonly prefix: Prefix;
  readonly value: string;
}

const dates = /^(<=?|>=?)?(\d{4}(-\d\d(-\d\d)?)?|[1-9]\d{0,4}[hdwmy])$/;
const anything = /./s;

/** The prefixes of all conditions, in the order of the filter menu. */
export const allPrefixes = [
  "banned",
  "created",
  "active",
  "signed-in",
  "org",
  "email",
  "phone",
  "username",
  "wallet",
  "name",
  "ext",
  "id",
] as const;

export type Prefix = (typeof allPrefixes)[number];

/** The form of a finished value for each prefix, and whether the prefix may repeat. */
const rules: Readonly<Record<Prefix, { values: RegExp; repeats: boolean }>> = {
  banned: { values: /^(yes|no)$/i, repeats: false },
  created: { values: dates, repeats: false },
  active: { values: dates, repeats: false },
  "signed-in": { values: dates, repeats: false },
  org: { values: anything, repeats: true },
  email: { values: anything, repeats: false },
  phone: { values: anything, repeats: false },
  username: { values: anything, repeats: false },
  wallet: { values: anything, repeats: false },
  name: { values: anything, repeats: false },
  ext: { values: anything, repeats: true },
  id: { values: /^user_[A-Za-z0-9]+$/, repeats: true },
};

/** Whether another condition of the same kind takes the place of one. */
function standsOnce(prefix: Prefix): boolean {
  return !rules[prefix].repeats;
}

// Words end at spaces outside of quotes; the same characters as in Go.
const word = /(?:"(?:\\.|[^"\\])*(?:"|$)|[^" \t\n\r\u00a0\u3000])+/gsu;
const spaces = /[ \t\n\r\u00a0\u3000]+/u;
const quotedOrSpace = /[" \t\n\r\u00a0\u3000]/u;

/** A word of a search text, and the condition that it is or is going to be. */
interface Word {
  readonly text: string;
  /** With the value as far as it is typed, "" at first. */
  readonly term: Term | undefined;
  /** It is the first of a line after another. */
  readonly newLine: boolean;
}

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(word)) {
    const between = text.slice(end, index);
    const newLine = /[\n\r]/u.test(between);
    const before = words.at(-1);
    if (before !== undefined && !newLine && goesOn(before, found)) {
      const number = before.text + between + found;
      words[words.length - 1] = { ...before, text: number, term: termOf(number) };
    } else words.push({ text: found, term: termOf(found), newLine });
    end = index + found.length;
  }
  return words;
}

/** Whether a word is the next part of the telephone number after phone:, which people write with spaces. */
function goesOn({ text, term }: Word, next: string): boolean {
  const number = text.slice("phone:".length);
  const isOpen = term?.prefix === "phone" && !`${text}${next}`.includes('"');
  return isOpen && digitsOf(number).length < mostDigits && isDialled(bare(oneSpace(`${number} ${next}`)));
}

function termOf(text: string): Term | undefined {
  const colon = text.indexOf(":");
  const prefix = allPrefixes.find((known) => known === text.slice(0, Math.max(0, colon)).toLowerCase());
  if (prefix === undefined) return undefined;
  const typed = text.slice(colon + 1);
  return { prefix, value: typed.includes('"') ? unquote(typed) : tidy(prefix, oneSpace(typed)) };
}

function unquote(text: string): string {
  return text.replace(/"((?:\\.|[^"\\])*)(?:"|$)/gsu, (_, inner: string) =>
    inner.replace(/\\(.)/gsu, "$1").replace(/[\t\n\r\u00a0\u3000]/gu, " "),
  );
}

function isClosed(text: string): boolean {
  return text.replace(/\\./gsu, "").split('"').length % 2 === 1;
}

function isComplete({ text, term }: Pick<Word, "text" | "term">): boolean {
  return term !== undefined && isClosed(text) && rules[term.prefix].values.test(term.value);
}

/** Whether a word would be taken for a condition, if only for one that there is not. */
function isPrefixed(text: string): boolean {
  const [, prefix] = /^([a-z0-9-]*[a-z][a-z0-9-]*):/.exec(text.toLowerCase()) ?? [];
  return prefix !== undefined && !["http", "https", "mailto", "tel"].includes(prefix);
}

/** Text of several lines as the items of a list. */
export function inOneLine(text: string): string {
  return text
    .split(/[\r\n]+/u)
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join(", ");
}

/** The free text as it is typed, with a comma where a line ends. */
function typedText(words: readonly Pick<Word, "text" | "newLine">[]): string {
  return words.map(({ text, newLine }, at) => (newLine && at > 0 ? `, ${text}` : text)).join(" ");
}

/** Reads the free text as Go does; undefined where Go is going to refuse it. */
function freeText(words: readonly Word[]): string | undefined {
  const isRefused = words.some(
    ({ text }) => !isClosed(text) || (!text.startsWith('"') && isPrefixed(unquote(text))),
  );
  if (isRefused) return undefined;
  return understand(oneSpace(typedText(words.map((found) => ({ ...found, text: unquote(found.text) })))));
}

function oneSpace(text: string): string {
  return text
    .split(spaces)
    .filter((part) => part !== "")
    .join(" ");
}

/** Free text as Go writes it: a word is in quotes only where it would mean something else without. */
function writeText(text: string): string {
  return text
    .split(" ")
    .map((part) => (isPrefixed(part) || part.includes('"') ? quote(part) : part))
    .join(" ");
}

/** Takes the finished conditions out of a text. A second one of a kind that stands once is left in it. */
export function lift(text: string): { rest: string; terms: Term[] } {
  const terms: Term[] = [];
  const rest: Word[] = [];
  for (const found of wordsOf(text)) {
    const again = terms.some(({ prefix }) => prefix === found.term?.prefix && standsOnce(prefix));
    if (found.term !== undefined && isComplete(found) && !again) terms.push(found.term);
    else rest.push(found);
  }
  const typed = typedText(rest);
  const free = freeText(rest);
  // Go must see a text that it is going to refuse as it was typed.
  if (free === undefined) return { rest: typed, terms };
  const ids = externalIDs(free).map((value): Term => ({ prefix: "ext", value }));
  if (ids.length > 0) return { rest: "", terms: [...terms, ...ids] };
  const isPlain = free === oneSpace(rest.map((found) => unquote(found.text)).join(" "));
  return { rest: isPlain ? typed : writeText(free), terms };
}

/** Finds what the free text of a search names users by; undefined for words, and where Go will refuse it. */
export function named(text: string): Meaning | undefined {
  const free = freeText(wordsOf(lift(text).rest));
  return free === undefined ? undefined : meaningOf(free);
}

/** Adds conditions to others; one that stands once takes the place of the one before. */
export function add(terms: readonly Term[], added: readonly Term[]): Term[] {
  const kept = terms.filter(
    (term) =>
      !added.some(
        ({ prefix, value }) => prefix === term.prefix && (standsOnce(prefix) || value === term.value),
      ),
  );
  return [...kept, ...added];
}

/**
 * The search that the text in the box and the chips make up, written as Go
 * writes it, so that the same search is known again: free text first.
 */
export function join(text: string, terms: readonly Term[]): string {
  const { rest, terms: typed } = lift(text);
  const others = terms.filter(
    ({ prefix }) => !standsOnce(prefix) || !typed.some((term) => term.prefix === prefix),
  );
  const free = freeText(wordsOf(rest));
  return [free === undefined ? rest : writeText(free), ...[...typed, ...others].map(write)]
    .filter((part) => part !== "")
    .join(" ");
}

/** A condition as it is typed. */
export function write({ prefix, value }: Term): string {
  const asItIs = !quotedOrSpace.test(value) && tidy(prefix, value) === value;
  return `${prefix}:${asItIs ? value : quote(value)}`;
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/gu, "\\$&")}"`;
}

/** The word that is being typed at the end of a text, and what stands before it. */
export function lastWord(text: string): Pick<Word, "text" | "term"> & { before: string } {
  const last = wordsOf(text).at(-1)?.text ?? "";
  if (last === "" || !text.endsWith(last)) return { text: "", term: undefined, before: text };
  return { text: last, term: termOf(last), before: text.slice(0, text.length - last.length) };
}

/** Whether a condition has been begun at the end of a text that means nothing yet. */
export function isUnfinished(text: string): boolean {
  const last = lastWord(text);
  return last.term !== undefined && !isComplete(last);
}
