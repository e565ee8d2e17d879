import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { UserRow, UsersPage } from "@/backend/users";
import { type Answer, type Awaited, useAwaited } from "@/ui/useAwaited";
import { candidatesQuery } from "./queries";

/** How long typing must rest before it is searched for, in milliseconds. */
const debounce = 200;

/** More than these never help to find oneself. */
const shownAtMost = 20;

export interface Candidates extends Awaited<UserRow> {
  /** The text in the box. */
  readonly text: string;
  readonly change: (text: string) => void;
  /** Searches for the text as it is now. */
  readonly submit: () => void;
  readonly search: UseQueryResult<UsersPage>;
  /** The search that the list answers, or will answer. */
  readonly query: string;
  /** How many can be read of those that came: more than are shown. */
  readonly found: number;
  readonly shown: readonly UserRow[];
  /** Whether the list is that of the text as it is typed. */
  readonly isCurrent: boolean;
}

/** Users who may be the operator, found by what is typed. */
export function useCandidates(): Candidates {
  const backend = useBackend();
  const [text, setText] = useState("");
  const [query, setQuery] = useState("");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const search = useQuery({
    ...candidatesQuery(backend, query),
    placeholderData: keepPreviousData,
  });
  const found = search.data?.rows.filter(({ unreadable }) => !unreadable) ?? [];
  const shown = found.slice(0, shownAtMost);
  const typed = text.trim();
  const isCurrent = query === typed && search.isSuccess && !search.isPlaceholderData;
  const answerTo = (asked: string): Answer<UserRow> => {
    if (asked === typed && isCurrent) return { state: "there", first: shown[0] };
    return { state: asked === query && search.isError && !search.isFetching ? "failed" : "coming" };
  };
  const awaited = useAwaited(typed, answerTo);

  const searchFor = (next: string): void => {
    clearTimeout(timer.current);
    setQuery(next.trim());
  };
  return {
    ...awaited,
    text,
    query,
    search,
    found: found.length,
    shown,
    isCurrent,
    change: (next) => {
      awaited.drop();
      setText(next);
      clearTimeout(timer.current);
      if (next.trim() === "") searchFor(next);
      else timer.current = setTimeout(searchFor, debounce, next);
    },
    submit: () => {
      searchFor(text);
      if (search.isError) void search.refetch();
    },
  };
}
