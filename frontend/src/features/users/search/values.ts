// The forms of addresses, ids and telephone numbers, as in internal/directory/meaning.go.

const address = /^[^ @,;<>()[\]{}"`“”„‘«»]+@[^ @,;<>()[\]{}"'`“”„’«».]+(?:\.[^ @,;<>()[\]{}"'`“”„’«».]+)+$/u;
const wallet = /^0x[0-9A-Fa-f]{40}$/u;
// Between the digits people put spaces, dots, slashes, brackets and any of the dashes.
const dialled = /^\(?(\+|00)?[0-9 ()./\u2009\u202f\u2010-\u2015\u2212-]*$/u;
/** A date, and an address in a network. */
const noPhone =
  /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}$|^\d{1,3}(?:\.\d{1,3}){3}$/u;
export const fewestDigits = 7;
export const mostDigits = 15;

/** Whether a text is written with nothing but what stands in telephone numbers. */
export const isDialled = (text: string): boolean => dialled.test(text);
export const digitsOf = (text: string): string => text.replace(/[^0-9]/gu, "");
export const isAddress = (text: string): boolean => address.test(text);
export const isUserID = (text: string): boolean => /^user_[A-Za-z0-9]+$/u.test(text);
export const isPhone = (text: string): boolean => phoneOf(text) !== "";
export const isWallet = (text: string): boolean => wallet.test(text);
export const isNumbered = (text: string): boolean => /^[^ @]*[0-9][^ @]*$/u.test(text);

/**
 * The digits of a telephone number, with a plus before its country. Without a
 * country it has no 0 before it, which Clerk does not keep.
 */
export function phoneOf(text: string): string {
  const [found, sign] = dialled.exec(text) ?? [];
  if (found === undefined || noPhone.test(text)) return "";
  const digits = digitsOf(text.replaceAll("(0)", ""));
  if (digits.length > mostDigits + 2) return "";
  if (sign === "+" && digits !== "") return `+${digits}`;
  if (digits.length < fewestDigits) return "";
  if (sign === "00") return `+${digits.slice(2)}`;
  return /^[0-9]*$/u.test(text) ? "" : digits.replace(/^0/u, "");
}
