import { useEffect, useRef, useState } from "react";
import { add, isUnfinished, join, lift, named, type Prefix, type Term, write } from "./grammar";
import { isWhole, type Meaning } from "./meaning";

/** How long typing must rest before it is searched for, in milliseconds. */
const debounce = 200;

export interface Search {
  /** The text in the box. */
  readonly text: string;
  /** The conditions that stand as chips beside it. */
  readonly terms: readonly Term[];
  /** The values that name users in the text; undefined for words. */
  readonly named: Meaning | undefined;
  /** Both as one text, finished conditions last. */
  readonly query: string;
  /** at is when the key was pressed, on the clock of performance; now if it is left out. */
  readonly change: (text: string, at?: number) => void;
  /** Says that the next change is pasted: a whole value is searched for at once. */
  readonly pasted: () => void;
  /** Searches for the text as it is now; finished conditions in it become chips. Returns the search. */
  readonly submit: () => string;
  /** Shows another search in whole. Returns it. */
  readonly replace: (query: string) => string;
  readonly add: (term: Term, text: string) => void;
  readonly remove: (term: Term) => void;
  /** Begins a condition of a kind in the box. */
  readonly begin: (prefix: Prefix) => void;
  /** Puts the last chip back into the box. */
  readonly takeBack: () => void;
}

/** Joins text and conditions into a search, the same whether the text is finished or still typed. */
function queryOf(text: string, terms: readonly Term[]): string {
  const lifted = lift(text);
  return join(lifted.rest, add(terms, lifted.terms));
}

/** The text of the search box with its chips, and when they become a search. */
export function useSearch(onSearch: (query: string) => void): Search {
  const [text, setText] = useState("");
  const [terms, setTerms] = useState<readonly Term[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const wasPasted = useRef(false);
  useEffect(() => () => clearTimeout(timer.current), []);

  const show = (nextText: string, nextTerms: readonly Term[]): string => {
    const query = queryOf(nextText, nextTerms);
    setText(nextText);
    setTerms(nextTerms);
    clearTimeout(timer.current);
    onSearch(query);
    return query;
  };
  const settle = (nextText: string, nextTerms: readonly Term[]): string => {
    const lifted = lift(nextText);
    return show(lifted.rest, add(nextTerms, lifted.terms));
  };
  /** Puts text into the box and waits for what follows. */
  const edit = (nextText: string, nextTerms: readonly Term[], at = performance.now()): void => {
    setText(nextText);
    setTerms(nextTerms);
    clearTimeout(timer.current);
    if (isUnfinished(nextText)) return;
    const passed = Math.min(Math.max(0, performance.now() - at), debounce);
    timer.current = setTimeout(() => onSearch(queryOf(nextText, nextTerms)), debounce - passed);
  };

  return {
    text,
    terms,
    named: named(text),
    query: queryOf(text, terms),
    change: (next, at) => {
      const whole = wasPasted.current ? named(next) : undefined;
      wasPasted.current = false;
      if (next.trim() === "" || (whole && isWhole(whole))) show(next, terms);
      else edit(next, terms, at);
    },
    pasted: () => {
      wasPasted.current = true;
    },
    submit: () => settle(text, terms),
    replace: (query) => settle(query, []),
    add: (term, rest) => void show(rest, add(terms, [term])),
    remove: (term) =>
      void show(
        text,
        terms.filter((other) => other !== term),
      ),
    begin: (prefix) => edit(`${text.trim()} ${prefix}:`.trimStart(), terms),
    takeBack: () => {
      const last = terms.at(-1);
      if (last !== undefined) edit(write(last), terms.slice(0, -1));
    },
  };
}
