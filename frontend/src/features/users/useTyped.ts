import { useRef } from "react";
import type { UserRow } from "@/backend/backend";
import { locale } from "@/text/locale";
import type { Pages } from "./pages";
import { nameOf } from "./person";

/** After so long without a key another word begins, in milliseconds. */
const pause = 700;

const compare = new Intl.Collator(locale, { usage: "search", sensitivity: "base" }).compare;

/**
 * Type-to-select: returns the loaded row that the letters typed so far lead to.
 * It looks on from the active row and then from the first one; the same letter
 * again goes to the next row with it.
 */
export function useTyped(): (
  letter: string,
  pages: Pages,
  from: number,
) => { index: number; user: UserRow } | undefined {
  const typed = useRef({ word: "", at: Number.NEGATIVE_INFINITY });

  return (letter, pages, from) => {
    const now = performance.now();
    const before = now - typed.current.at < pause ? typed.current.word : "";
    const word = before === letter ? letter : before + letter;
    typed.current = { word, at: now };
    return find(pages, word, word.length > 1 ? from : from + 1);
  };
}

function find(pages: Pages, word: string, from: number): { index: number; user: UserRow } | undefined {
  for (let step = 0; step < pages.known; step++) {
    const index = (from + step) % pages.known;
    const user = pages.row(index);
    if (user !== undefined && compare(nameOf(user).slice(0, word.length), word) === 0) return { index, user };
  }
  return undefined;
}
