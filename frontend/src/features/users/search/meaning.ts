// Reads a search text that names users, as internal/directory/meaning.go does.

import { itemsOf } from "./pasted";
import { fewestDigits, isAddress, isPhone, isUserID, isWallet, phoneOf } from "./values";

/** The kind of value that users are named by, and the values as Clerk keeps them. */
export interface Meaning {
  readonly prefix: "email" | "id" | "phone" | "wallet";
  readonly values: readonly string[];
}

/** Finds what free text names users by, each value once; undefined for words. */
export function meaningOf(text: string): Meaning | undefined {
  const found = meaningOfAll(text);
  return found && { ...found, values: [...new Set(found.values)] };
}

function meaningOfAll(text: string): Meaning | undefined {
  const items = itemsOf(text);
  if (items.length === 0) return undefined;
  if (items.every(isAddress)) return { prefix: "email", values: items.map((item) => item.toLowerCase()) };
  if (items.every(isUserID)) return { prefix: "id", values: items };
  if (items.every(isPhone)) return { prefix: "phone", values: items.map(phoneOf) };
  if (items.every(isWallet)) return { prefix: "wallet", values: items };
  return undefined;
}

/** Whether nothing is left to type: not so with a telephone number, of which a part is one too. */
export function isWhole({ prefix, values }: Meaning): boolean {
  return values.every((value) => {
    if (prefix === "id") return /^user_[A-Za-z0-9]{20,}$/u.test(value);
    return prefix !== "phone" || (value.startsWith("+") && value.length > fewestDigits);
  });
}
