import { useRef } from "react";
import type { UserRow } from "@/backend/users";
import { locale } from "@/text/locale";
import { once } from "@/text/once";
import { nameOf } from "@/workspace/person";
import type { Pages } from "./pages";

/** After so long without a key another word begins, in milliseconds. */
const pause = 700;

const comparer = once(() => new Intl.Collator(locale(), { usage: "search", sensitivity: "base" }).compare);

export interface Typed {
  /** Whether a word is being typed: a space is then a part of it. */
  readonly isGoingOn: () => boolean;
  /**
   * Returns the loaded row that the letters typed so far lead to. It looks on
   * from the active row and then from the first one; the same letter again goes
   * to the next row with it.
   */
  readonly add: (letter: string, pages: Pages, from: number) => { index: number; user: UserRow } | undefined;
}

/** Type-to-select. */
export function useTyped(): Typed {
  const typed = useRef({ word: "", at: Number.NEGATIVE_INFINITY });
  const isGoingOn = (): boolean => performance.now() - typed.current.at < pause;

  return {
    isGoingOn,
    add: (letter, pages, from) => {
      const before = isGoingOn() ? typed.current.word : "";
      const word = before === letter ? letter : before + letter;
      typed.current = { word, at: performance.now() };
      const compare = comparer();
      for (const found of pages.rowsFrom(Math.max(0, word.length > 1 ? from : from + 1))) {
        if (compare(nameOf(found.user).slice(0, word.length), word) === 0) return found;
      }
      return undefined;
    },
  };
}
