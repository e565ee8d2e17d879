// The grammar of the search box, as far as the window needs it: which words of
// a text are conditions that can stand as chips. What a search means, and what
// is wrong with one, Go says: internal/directory.

/** One prefixed condition, such as banned:yes. */
export interface Term {
  readonly prefix: Prefix;
  readonly value: string;
}

const dates = /^(<=?|>=?)?(\d{4}(-\d\d(-\d\d)?)?|[1-9]\d{0,4}[hdwmy])$/;
const anything = /./s;

/** What can be searched by, in the order of the filter menu. */
export const allPrefixes = [
  "banned",
  "created",
  "active",
  "signed-in",
  "org",
  "email",
  "phone",
  "username",
  "name",
  "ext",
  "id",
] as const;

export type Prefix = (typeof allPrefixes)[number];

/** What a finished value of each looks like, and whether it may stand several times. */
const rules: Readonly<Record<Prefix, { values: RegExp; repeats: boolean }>> = {
  banned: { values: /^(yes|no)$/i, repeats: false },
  created: { values: dates, repeats: false },
  active: { values: dates, repeats: false },
  "signed-in": { values: dates, repeats: false },
  org: { values: anything, repeats: true },
  email: { values: anything, repeats: false },
  phone: { values: anything, repeats: false },
  username: { values: anything, repeats: false },
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
}

function wordsOf(text: string): Word[] {
  return Array.from(text.matchAll(word), ([found]) => ({ text: found, term: termOf(found) }));
}

function termOf(text: string): Term | undefined {
  const colon = text.indexOf(":");
  const prefix = allPrefixes.find((known) => known === text.slice(0, Math.max(0, colon)).toLowerCase());
  return prefix && { prefix, value: unquote(text.slice(colon + 1)) };
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
  return prefix !== undefined && prefix !== "http" && prefix !== "https";
}

/** A word of free text as Go writes it: in quotes only where it would mean something else without. */
function plain(text: string): string {
  const free = unquote(text);
  // What Go is going to refuse, it must see as it was typed.
  if (!isClosed(text) || (!text.startsWith('"') && isPrefixed(free))) return text;
  const words = free.split(spaces).filter((part) => part !== "");
  return words.map((part) => (isPrefixed(part) || part.includes('"') ? quote(part) : part)).join(" ");
}

/** Takes the finished conditions out of a text. A second one of a kind that stands once is left in it. */
export function lift(text: string): { rest: string; terms: Term[] } {
  const terms: Term[] = [];
  const rest: string[] = [];
  for (const found of wordsOf(text)) {
    const again = terms.some(({ prefix }) => prefix === found.term?.prefix && standsOnce(prefix));
    if (found.term !== undefined && isComplete(found) && !again) terms.push(found.term);
    else rest.push(found.text);
  }
  return { rest: rest.join(" "), terms };
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
  const words = wordsOf(rest).map((found) => plain(found.text));
  return [...words, ...[...typed, ...others].map(write)].filter((part) => part !== "").join(" ");
}

/** A condition as it is typed. */
export function write({ prefix, value }: Term): string {
  return `${prefix}:${quotedOrSpace.test(value) ? quote(value) : value}`;
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/gu, "\\$&")}"`;
}

/** The word that is being typed at the end of a text, and what stands before it. */
export function lastWord(text: string): Word & { before: string } {
  const last = wordsOf(text).at(-1)?.text ?? "";
  if (last === "" || !text.endsWith(last)) return { text: "", term: undefined, before: text };
  return { text: last, term: termOf(last), before: text.slice(0, text.length - last.length) };
}

/** Whether a condition has been begun at the end of a text that means nothing yet. */
export function isUnfinished(text: string): boolean {
  const last = lastWord(text);
  return last.term !== undefined && !isComplete(last);
}
