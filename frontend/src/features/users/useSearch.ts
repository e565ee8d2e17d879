import { useEffect, useRef, useState } from "react";
import { isExact } from "./person";

/** How long typing must rest before it is searched for, in milliseconds. */
const debounce = 200;

export interface Search {
  readonly text: string;
  readonly change: (text: string) => void;
  /** The text was pasted: an id or a whole address needs no waiting. */
  readonly pasted: () => void;
  /** Searches for the text as it is now. */
  readonly submit: () => void;
}

/** The text of the search box, and when it becomes a search. */
export function useSearch(onSearch: (query: string) => void): Search {
  const [text, setText] = useState("");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const wasPasted = useRef(false);
  useEffect(() => () => clearTimeout(timer.current), []);

  const search = (query: string): void => {
    clearTimeout(timer.current);
    onSearch(query.trim());
  };

  const change = (next: string): void => {
    setText(next);
    clearTimeout(timer.current);
    if (next.trim() === "" || (wasPasted.current && isExact(next))) search(next);
    else timer.current = setTimeout(() => search(next), debounce);
    wasPasted.current = false;
  };

  return {
    text,
    change,
    pasted: () => {
      wasPasted.current = true;
    },
    submit: () => search(text),
  };
}
