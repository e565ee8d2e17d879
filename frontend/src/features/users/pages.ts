// The rows of one view that the window holds: sparse pages, a bounded number of
// them, so that memory does not grow with the directory. No requests here:
// loader.ts asks, this keeps.

import type { UserRow, UsersPage } from "@/backend/users";

/** Rows in a page; the Go side answers in the same size. */
export const pageSize = 100;

/** Pages kept at most; the least recently wanted ones go first. */
export const maxPages = 60;

/** Contradictions in a row after which the total is no longer believed. */
const doubtAfter = 3;

/** Contradictions in a row after which pages are kept as they come. */
const settleAfter = 6;

interface Held {
  /** Undefined where a row is shown at another place by now. */
  rows: (UserRow | undefined)[];
  /** The generation in which the page was asked for. */
  generation: number;
  /** When it was asked for, in requests. */
  asked: number;
}

/** Where a request stood when it was sent, to place its answer in time. */
export interface Stamp {
  generation: number;
  asked: number;
}

export class Pages {
  // A Map keeps insertion order, so re-inserting a page makes it the newest:
  // the first key is always the least recently wanted one.
  readonly #held = new Map<number, Held>();
  readonly #indexOf = new Map<string, number>();
  #generation = 0;
  #total: number | undefined;
  /** How many rows the list had when it was pinned before. */
  #former: number | undefined;
  /** No row has this index or a higher one. */
  #limit = Number.POSITIVE_INFINITY;
  /** Answers in a row that contradicted held pages. */
  #drifts = 0;

  /** Without rows yet, of the same list pinned to another moment. */
  anew(): Pages {
    const pages = new Pages();
    pages.#former = this.#total ?? this.#former;
    return pages;
  }

  /** The number of rows of the view, once Clerk or the last page has told it. */
  get total(): number | undefined {
    return this.#total;
  }

  /**
   * The total to ask with, until it is known that of before: a row far down must
   * not cost more after a refresh. Go counts from the other end by it, so with a
   * wrong one two neighbours overlap each time they are asked for: after a few
   * contradictions in a row it is no longer believed.
   */
  get askingTotal(): number {
    return this.#drifts < doubtAfter ? (this.#total ?? this.#former ?? -1) : -1;
  }

  /**
   * Counts the evidence that rows were moved or deleted. Pages of an older
   * generation stay on screen until they are asked for again.
   */
  get generation(): number {
    return this.#generation;
  }

  /** How many pages are held. */
  get size(): number {
    return this.#held.size;
  }

  /** Where the rows that are held end: at least so many there are. */
  get known(): number {
    let end = 0;
    for (const [page, { rows }] of this.#held) end = Math.max(end, page * pageSize + rows.length);
    return end;
  }

  /** Rows to make room for: the total, or one page more than is known. */
  get extent(): number {
    return this.#total ?? Math.min(this.known + pageSize, this.#limit);
  }

  /** The row at index; undefined if it has not come, or cannot be read. */
  row(index: number): UserRow | undefined {
    const row = this.#rowAt(index);
    return row?.unreadable ? undefined : row;
  }

  /** The row at index if it is of somebody who could not be read. */
  unreadable(index: number): UserRow | undefined {
    const row = this.#rowAt(index);
    return row?.unreadable ? row : undefined;
  }

  #rowAt(index: number): UserRow | undefined {
    return this.#held.get(Math.floor(index / pageSize))?.rows[index % pageSize];
  }

  /** The rows that are held, from one of them on and then from the first: no others are walked over. */
  *rowsFrom(from: number): Generator<{ index: number; user: UserRow }> {
    const held = [...this.#held].toSorted(([a], [b]) => a - b);
    for (const isBefore of [false, true]) {
      for (const [page, { rows }] of held) {
        for (const [i, user] of rows.entries()) {
          const index = page * pageSize + i;
          if (user !== undefined && !user.unreadable && index < from === isBefore) yield { index, user };
        }
      }
    }
  }

  indexOf(id: string): number | undefined {
    return this.#indexOf.get(id);
  }

  /** Whether the page is held and nothing speaks against it. */
  isFresh(page: number): boolean {
    return this.#held.get(page)?.generation === this.#generation;
  }

  /** Whether the page can have rows. */
  mayExist(page: number): boolean {
    return page * pageSize < Math.min(this.#total ?? Number.POSITIVE_INFINITY, this.#limit);
  }

  /** The id in the row before the page, "" unless a fresh page holds it. */
  idBefore(page: number): string {
    return this.isFresh(page - 1) ? (this.row(page * pageSize - 1)?.id ?? "") : "";
  }

  /** The id in the row behind the page, "" unless a fresh page holds it. */
  idBehind(page: number): string {
    return this.isFresh(page + 1) ? (this.row((page + 1) * pageSize)?.id ?? "") : "";
  }

  /** Marks pages as wanted now, so that others are let go first. */
  touch(pages: readonly number[]): void {
    for (const page of pages) {
      const held = this.#held.get(page);
      if (held === undefined) continue;
      this.#held.delete(page);
      this.#held.set(page, held);
    }
  }

  /**
   * Takes the number of rows. Since the view is pinned, another number than
   * before means that rows came or went among those already held, and another
   * one than that of before that they were counted from a wrong end.
   */
  setTotal(total: number): void {
    if (this.#total === total) return;
    if ((this.#total ?? this.#former ?? total) !== total) this.#generation++;
    this.#former = undefined;
    this.#total = total;
    this.#drifts = 0;
    this.#dropBeyondEnd();
  }

  /** Takes an answer to a request that was sent at the time of stamp. */
  put(answer: UsersPage, stamp: Stamp): void {
    if (stamp.generation !== this.#generation) return;
    const page = answer.index / pageSize;
    if (answer.rows.length === 0 && answer.index > 0) {
      this.#endBefore(answer.index);
      return;
    }
    if (this.#isShort(answer)) {
      this.#forgetTotal();
      return;
    }
    const edges = this.#edges(answer, page);
    const moved = [...new Set([...this.#pagesWith(answer.rows, page), ...edges.apart])];
    if (moved.length > 0) this.#drifts++;
    else if (edges.met || !edges.told) this.#drifts = 0;
    if (moved.some((other) => (this.#held.get(other)?.asked ?? 0) > stamp.asked)) return;
    const isFirst = this.#held.size === 0;
    if (this.#former !== undefined && answer.index <= this.#former / 2) this.#forgetFormer();
    if (this.#drifts < settleAfter) for (const older of moved) this.#drop(older);
    this.#drop(page);
    this.#hold(page, {
      rows: [...answer.rows],
      asked: stamp.asked,
      generation: isFirst ? this.#generation : stamp.generation,
    });
    this.#evict();
    const end = answer.index + answer.rows.length;
    if (answer.total >= 0) this.setTotal(answer.total);
    else if (this.#total !== undefined && end > this.#total) this.#total = undefined;
  }

  /** Holds a page; a user that is shown elsewhere moves here. */
  #hold(page: number, held: Held): void {
    this.#held.set(page, held);
    for (const [i, row] of held.rows.entries()) {
      if (row === undefined || row.unreadable) continue;
      this.#clear(this.#indexOf.get(row.id));
      this.#indexOf.set(row.id, page * pageSize + i);
    }
  }

  #clear(index: number | undefined): void {
    const held = index === undefined ? undefined : this.#held.get(Math.floor(index / pageSize));
    if (held !== undefined && index !== undefined) held.rows[index % pageSize] = undefined;
  }

  /** Whether the answer has fewer rows than its place promises. */
  #isShort({ index, rows, last }: UsersPage): boolean {
    return !last && rows.length < Math.min(pageSize, (this.#total ?? Number.POSITIVE_INFINITY) - index);
  }

  /** Pages other than page that show one of rows. */
  #pagesWith(rows: readonly UserRow[], page: number): number[] {
    const pages = new Set<number>();
    for (const { id } of rows) {
      const index = this.#indexOf.get(id);
      if (index !== undefined) pages.add(Math.floor(index / pageSize));
    }
    pages.delete(page);
    return [...pages];
  }

  /**
   * How an answer meets the pages beside it: whether it tells, whether one of them
   * meets it, and which do not. Between those a row moved, and is in neither.
   */
  #edges({ aboveID, belowID }: UsersPage, page: number): { told: boolean; met: boolean; apart: number[] } {
    const edges = [
      { beside: page - 1, held: this.idBefore(page), now: aboveID },
      { beside: page + 1, held: this.idBehind(page), now: belowID },
    ];
    const known = edges.filter(({ held, now }) => held !== "" && now !== "");
    return {
      told: aboveID !== "" || belowID !== "",
      met: known.some(({ held, now }) => held === now),
      apart: known.filter(({ held, now }) => held !== now).map(({ beside }) => beside),
    };
  }

  /** Nothing is at index: the view ends somewhere before it. */
  #endBefore(index: number): void {
    this.#limit = index;
    this.#forgetTotal();
    this.#dropBeyondEnd();
  }

  #forgetTotal(): void {
    this.#total = undefined;
    this.#former = undefined;
    this.#generation++;
  }

  /**
   * A page of the upper half is there, the first one or one that went on from
   * others. It may not meet those that were counted from the end by the total of
   * before, or rows between are lost: they are all asked for again.
   */
  #forgetFormer(): void {
    this.#former = undefined;
    this.#generation++;
  }

  #dropBeyondEnd(): void {
    for (const page of this.#held.keys()) if (!this.mayExist(page)) this.#drop(page);
  }

  #evict(): void {
    for (const page of this.#held.keys()) {
      if (this.#held.size <= maxPages) return;
      this.#drop(page);
    }
  }

  #drop(page: number): void {
    const held = this.#held.get(page);
    if (held === undefined) return;
    for (const row of held.rows) if (row !== undefined) this.#indexOf.delete(row.id);
    this.#held.delete(page);
  }
}
