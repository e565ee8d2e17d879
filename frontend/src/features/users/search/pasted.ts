// Takes off the brackets, schemes and marks that a value had where it was copied. Go reads
// a search the same way, in internal/directory/pasted.go: testdata/pasted.json holds both to it.

import { isAddress, isNumbered, isPhone, isUserID, isWallet } from "./values";

/** A value in brackets beside a name. */
const bracketed = /<([^<>]+)>|\(([^()]+)\)|\[([^[\]]+)\]/gu;
/** A web address that ends in a user id. */
const linked = /^[^ ]*[/=](user_[A-Za-z0-9]+)\/?(?:[?#][^ ]*)?$/u;
const scheme = /^(?:mailto|tel):/iu;
/** An extension and the like after a number. */
const parameters = /(\btel:[^;,]+)(?:;[a-z-]+=[^;, <>()[\]"']*)+/giu;
const inName = /^[\p{L}\p{M}'’. -]+$/u;
// Spaces, marks that nobody sees, and the commas and dots of the sentence it stood in.
const beginning = /^[ ,;\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/u;
const ending = /[ ,;.\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+$/u;
const marks = /^['"`‘’“”„«»<>()[\]{}]+|['"`‘’“”„«»<>()[\]{}]+$/gu;
const pairs = [
  ["<", ">"],
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
  ['"', '"'],
  ["'", "'"],
  ["`", "`"],
  ["“", "”"],
  ["‘", "’"],
  ["«", "»"],
  ["„", "“"],
] as const;
const escapes: Readonly<Record<string, string>> = { "%40": "@", "%2B": "+", "%2b": "+", "%20": " " };

const isValue = (text: string): boolean => isAddress(text) || isUserID(text);

/** Does something to a text until it changes nothing any more. */
function settle(text: string, change: (text: string) => string): string {
  const next = change(text);
  return next === text ? text : settle(next, change);
}

/**
 * Takes off what a value wore where it was copied: a name before an address in
 * brackets, quotes, commas, mailto:, the rest of a link. A list comes back with
 * commas, and "Last, First" the other way round.
 */
export function understand(text: string): string {
  return settle(text, undress);
}

function undress(worn: string): string {
  const text = worn.replace(parameters, "$1");
  const values = inBrackets(text);
  if (values.length > 0) return inList(values);
  const items = itemsOf(text);
  const [first, second] = items;
  if (first === undefined) return text;
  if (items.length === 1) {
    const words = first.split(" ").map(bare).filter(Boolean);
    return words.length > 1 && words.every(isValue) ? inList(words) : first;
  }
  if (items.every(isValue) || items.every(isPhone) || items.every(isNumbered)) return inList(items);
  const isReversed = items.length === 2 && text.includes(",") && items.every((item) => inName.test(item));
  return isReversed ? `${second} ${first}` : items.join(" ");
}

function inList(values: readonly string[]): string {
  return [...new Set(values)].join(", ");
}

/** The values of a text of which one at least stands in brackets after a name; names are left out. */
function inBrackets(text: string): string[] {
  let isAny = false;
  const values = text.split(/[,;]/u).flatMap((item) => {
    const found = Array.from(item.matchAll(bracketed), ([, angled, round, square]) => ({
      value: bare(angled ?? round ?? square ?? ""),
      isAngled: angled !== undefined,
    }))
      .filter(({ value, isAngled }) => isValue(value) || (isAngled && isPhone(value)))
      .map(({ value }) => value);
    if (found.length > 0) isAny = true;
    return found.length > 0 ? found : [bare(item)].filter(isValue);
  });
  return isAny ? values : [];
}

/** Cuts a text at commas and semicolons, and each item out of its wrapping. */
export function itemsOf(text: string): string[] {
  return text.split(/[,;]/u).map(bare).filter(Boolean);
}

export function bare(text: string): string {
  return settle(text, unwrap);
}

function unwrap(wrapped: string): string {
  const text = wrapped.replace(beginning, "").replace(ending, "");
  if (scheme.test(text)) {
    const [value = ""] = text.replace(scheme, "").split("?");
    return value.replace(/%(?:40|2B|2b|20)/gu, (escape) => escapes[escape] ?? escape);
  }
  const [, id] = linked.exec(text) ?? [];
  if (id !== undefined) return id;
  const value = text.replace(marks, "");
  if (isValue(value)) return value;
  for (const [open, close] of pairs) {
    const [opened, closed] = [text.startsWith(open), text.endsWith(close)];
    const [inner, outer, within] = [text.slice(1), text.slice(0, -1), text.slice(1, -1)];
    const isPair = opened && closed && text.length > 1;
    // Not the brackets of "(a) (b)", which do not belong together.
    const isNested = open === close || (within.startsWith(open) && within.endsWith(close));
    if (isPair && (isNested || (!within.includes(open) && !within.includes(close)))) return within;
    // Half of a pair is left where not all was marked for copying, or a comma stood within.
    if (opened && !inner.includes(close)) return inner;
    if (closed && !outer.includes(open)) return outer;
  }
  return text;
}

/** The value of a condition without what was copied along with it. */
export function tidy(prefix: string, value: string): string {
  return ["email", "phone", "id", "wallet"].includes(prefix)
    ? bare(value.replace(parameters, "$1"))
    : value.replace(/[,;]+$/u, "");
}

/** The items of a list that can be nothing but external ids: words with digits. */
export function externalIDs(text: string): string[] {
  const items = itemsOf(text);
  const isList = items.length > 1 && text.includes(",") && items.every(isNumbered);
  return isList && !items.every(isPhone) && !items.some(isValue) && !items.every(isWallet) ? items : [];
}
