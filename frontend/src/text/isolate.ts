// Keeps the direction of a name from turning the sentence that it is put into:
// https://www.unicode.org/reports/tr9/. Go does the same in internal/bidi.

/** Characters that do nothing but set a direction. */
const marks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Letters that are written from right to left, and the marks. Without any a text turns nothing. */
const turning =
  /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A name that is isolated already: it turns nothing either. */
const isolated = /\u2068[^\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]*\u2069/g;

/** The text as it is, or without marks of its own between two that keep its direction inside. */
export function isolate(text: string): string {
  return turning.test(text.replaceAll(isolated, "")) ? `\u2068${text.replaceAll(marks, "")}\u2069` : text;
}
