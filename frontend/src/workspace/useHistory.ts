import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { HistoryEntry, HistoryFilter } from "@/backend/history";
import type { Failure } from "@/backend/problem";
import { historyPagesKey } from "./queries";

/** Entries in a page. */
const pageEntries = 100;

/** Pages held at most, so that memory does not grow with the history: those farthest away go first. */
const maxPages = 100;

/** How long pages are kept that nothing shows, in milliseconds. */
const keptMS = 60_000;

/** The history is not read again sooner by itself, in milliseconds. */
const shortestMS = 1_000;

/** Where a page begins. It leads to the pages before it, which can be had again. */
interface From {
  readonly cursor: string;
  /** How many entries are before it. */
  readonly index: number;
  readonly before: From | undefined;
}

const newest: From = { cursor: "", index: 0, before: undefined };

/** The part of the history that is held, and the ways to more of it. */
export interface HeldHistory {
  /** Newest first; undefined until the first answer. */
  readonly entries: readonly HistoryEntry[] | undefined;
  /** How many there are up to the oldest that is held. */
  readonly count: number;
  /** There may be entries behind those that are held. */
  readonly hasOlder: boolean;
  /** Entries before those that are held were let go. */
  readonly hasNewer: boolean;
  /** Since when the history was searched, while nothing was found for so long that it is worth telling; else "". */
  readonly reached: string;
  /** More is being looked for, and {@link stop} ends that. */
  readonly looking: boolean;
  /** It was stopped where nothing was found: {@link goOn} goes on. */
  readonly stopped: boolean;
  readonly failed: Failure | null;
  readonly failedAt: number;
  /** Tells that the oldest or the newest that are held are on screen. */
  readonly wantOlder: () => void;
  readonly wantNewer: () => void;
  readonly toNewest: () => void;
  readonly stop: () => void;
  readonly goOn: () => void;
  readonly readAgain: () => void;
}

/**
 * Reads what passes the filter, page by page, from the end of the history. Entries of
 * another filter can stay meanwhile, so that a list does not flicker while somebody types.
 */
export function useHistory(filter: HistoryFilter, keepsOther = false): HeldHistory {
  const backend = useBackend();
  const queries = useQueryClient();
  const stopping = useRef(false);
  const [searched, setSearched] = useState("");
  const queryKey = historyPagesKey(filter);
  const query = useInfiniteQuery({
    queryKey,
    queryFn: async ({ pageParam, signal }) => {
      stopping.current = false;
      setSearched("");
      // Go looks through so much at a time. With few matches that can be nothing for long.
      for (let { cursor } = pageParam; ; ) {
        const page = await backend.listHistory({ filter, cursor, limit: pageEntries }, signal);
        if (page.entries.length > 0 || page.next === "" || stopping.current)
          return { ...page, index: pageParam.index };
        cursor = page.next;
        setSearched(page.reached);
      }
    },
    initialPageParam: newest,
    getNextPageParam: ({ next, index, entries }, _, from): From | undefined =>
      next === "" ? undefined : { cursor: next, index: index + entries.length, before: from },
    getPreviousPageParam: (_, __, from): From | undefined => from.before,
    maxPages,
    gcTime: keptMS,
    // Also behind other windows: nobody must come back to what is over and says that it runs.
    refetchIntervalInBackground: true,
    refetchInterval: ({ state: { data, error } }) =>
      (error === null && untilNext(data?.pages.flatMap(({ entries }) => entries) ?? [])) || false,
    ...(keepsOther ? { placeholderData: keepPreviousData } : {}),
  });

  const { data, isPlaceholderData, isFetching, isFetchingNextPage, hasNextPage, hasPreviousPage } = query;
  const pages = isPlaceholderData && searched !== "" ? undefined : data?.pages;
  const held = useMemo(() => pages && once(pages.flatMap(({ entries }) => entries)), [pages]);
  const last = data?.pages.at(-1);
  const first = data?.pages[0]?.index ?? 0;
  const looking = isFetchingNextPage || isPlaceholderData || query.isPending;
  const stopped = !looking && hasNextPage && last?.entries.length === 0;
  const older = () => {
    if (hasNextPage && !isFetching) void query.fetchNextPage();
  };
  return {
    entries: held ?? (isPlaceholderData ? [] : undefined),
    count: first + (held?.length ?? 0),
    hasOlder: hasNextPage || looking,
    hasNewer: hasPreviousPage,
    reached: looking ? searched : stopped ? last.reached : "",
    looking: looking && !query.isError,
    stopped,
    failed: query.error,
    failedAt: query.errorUpdatedAt,
    wantOlder: () => {
      if (!stopped && !query.isError) older();
    },
    wantNewer: () => {
      if (hasPreviousPage && !isFetching && !query.isError) void query.fetchPreviousPage();
    },
    toNewest: () => void queries.resetQueries({ queryKey }),
    stop: () => {
      stopping.current = true;
    },
    goOn: older,
    readAgain: () => void (query.isFetchNextPageError ? query.fetchNextPage() : query.refetch()),
  };
}

/**
 * How long the entries stay as they are, in milliseconds: the clock alone ends some.
 * Clerk is asked about those of the instance in use, and about no others.
 */
function untilNext(entries: readonly HistoryEntry[]): number | undefined {
  const moments = entries.filter(({ until }) => until !== "").map(({ until }) => Date.parse(until));
  return moments.length > 0 ? Math.max(shortestMS, Math.min(...moments) - Date.now()) : undefined;
}

/** Entries without those that come again: a filter may let one through on two pages when it changes meanwhile. */
function once(entries: HistoryEntry[]): HistoryEntry[] {
  const ids = new Set<string>();
  return entries.filter(({ id }) => ids.size < ids.add(id).size);
}
