// Asks for the pages of a view: at most two at once, the nearest to what is on
// screen first, those no longer wanted cancelled. The last good rows stay until
// the first answer of a new view is there, and an older answer never overwrites
// a newer one.

import type { Backend } from "@/backend/backend";
import { decodeProblem, type Problem } from "@/backend/problem";
import type { UsersPage, View } from "@/backend/users";
import { Pages, pageSize, type Stamp } from "./pages";

/** The part of the backend that the loader calls. */
export type PageSource = Pick<Backend, "listUsers">;

/** Requests under way at most. */
export const maxRequests = 2;

/** A snapshot of what is on screen. Every change makes a new one. */
export interface Listing {
  /** The view asked for, with its pin once the first answer told it. */
  readonly view: View;
  /** The rows to show, until the first answer those of the view before. */
  readonly pages: Pages;
  /** The moment that the rows show, in milliseconds since 1970; 0 without rows. */
  readonly asOf: number;
  /** The rows are of another search or order. */
  readonly stale: boolean;
  /** Requests are under way. */
  readonly loading: boolean;
  /** Why nothing is asked for until retry. */
  readonly problem: Problem | undefined;
  /** Failures so far, to tell a problem from one before that reads the same. */
  readonly failures: number;
}

interface Flight extends Stamp {
  readonly abort: AbortController;
}

export class Loader {
  readonly #source: PageSource;
  readonly #listeners = new Set<() => void>();
  readonly #flights = new Map<number, Flight>();
  #view: View;
  #pages = new Pages();
  /** The view and rows shown before, until the first answer of this view. */
  #before: { view: View; pages: Pages } | undefined;
  #wanted: readonly number[] = [0];
  #asked = 0;
  #problem: Problem | undefined;
  #failures = 0;
  #listing: Listing;

  /** first are the rows that the view begins with, if they are there already. */
  constructor(source: PageSource, view: View, first?: UsersPage) {
    this.#source = source;
    this.#view = view;
    if (first) {
      this.#view = { ...view, pinnedAt: first.pinnedAt };
      this.#pages.put(first, { asked: 0, generation: this.#pages.generation });
    }
    this.#listing = this.#snapshot();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly listing = (): Listing => this.#listing;

  /**
   * Shows another view, from its first row, or the same one pinned anew, with
   * pinnedAt 0, from where the window stands.
   */
  open(view: View): void {
    this.#cancelAll();
    const isSame = isSameList(view, this.#view);
    if (!isSame) this.#wanted = [0];
    if (this.#pages.size > 0) this.#before = { view: this.#view, pages: this.#pages };
    this.#view = view;
    this.#pages = isSame ? this.#pages.anew() : new Pages();
    this.#problem = undefined;
    this.#advance();
  }

  /** Says which rows are on screen, with those worth having at hand. */
  want(first: number, end: number): void {
    const middle = (first + end) / 2 / pageSize - 0.5;
    const pages: number[] = [];
    for (let page = Math.max(0, Math.floor(first / pageSize)); page * pageSize < end; page++)
      pages.push(page);
    pages.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
    this.#wanted = pages;
    this.#pages.touch(pages);
    this.#askForMissing();
    // The rows stay the same: a step of a scroll draws nothing anew here.
    if (this.#flights.size > 0 !== this.#listing.loading) this.#publish();
  }

  /** Takes the number of rows that was counted for a view. */
  setTotal(view: View, total: number): void {
    if (view !== this.#view) return;
    this.#pages.setTotal(total);
    this.#advance();
  }

  /** Asks again after a failure. */
  readonly retry = (): void => {
    this.#problem = undefined;
    this.#advance();
  };

  /** Cancels what is under way; the loader can be used again. */
  stop(): void {
    this.#cancelAll();
    this.#publish();
  }

  #advance(): void {
    this.#askForMissing();
    this.#publish();
  }

  #askForMissing(): void {
    for (const page of this.#flights.keys()) if (!this.#wanted.includes(page)) this.#cancel(page);
    for (const page of this.#wanted) {
      if (this.#problem !== undefined || this.#flights.size >= maxRequests) break;
      // The first answer tells to which moment the view is pinned.
      if (this.#view.pinnedAt === 0 && this.#flights.size > 0) break;
      if (this.#isDue(page)) this.#ask(page);
    }
  }

  #isDue(page: number): boolean {
    if (this.#flights.has(page) || this.#pages.isFresh(page) || !this.#pages.mayExist(page)) return false;
    // The page behind one on its way goes on from that one's last row, so that
    // no row is lost between them when one before is deleted meanwhile.
    return !(this.#view.sort === "created_at" && this.#flights.has(page - 1));
  }

  #ask(page: number): void {
    this.#asked++;
    const flight = { abort: new AbortController(), asked: this.#asked, generation: this.#pages.generation };
    this.#flights.set(page, flight);
    const request = {
      view: this.#view,
      index: page * pageSize,
      afterID: this.#pages.idBefore(page),
      beforeID: this.#pages.idBehind(page),
      total: this.#pages.askingTotal,
    };
    this.#source.listUsers(request, flight.abort.signal).then(
      (answer) => this.#settle(page, flight, () => this.#take(answer, flight)),
      (error: unknown) =>
        this.#settle(page, flight, () => {
          this.#problem = decodeProblem(error);
          this.#failures++;
        }),
    );
  }

  /** Does what an answer asks for, unless it was cancelled meanwhile. */
  #settle(page: number, flight: Flight, then: () => void): void {
    if (this.#flights.get(page) !== flight) return;
    this.#flights.delete(page);
    then();
    this.#advance();
  }

  #take(answer: UsersPage, flight: Flight): void {
    this.#before = undefined;
    if (this.#view.pinnedAt === 0) this.#view = { ...this.#view, pinnedAt: answer.pinnedAt };
    this.#pages.put(answer, flight);
  }

  #cancel(page: number): void {
    const flight = this.#flights.get(page);
    this.#flights.delete(page);
    flight?.abort.abort();
  }

  #cancelAll(): void {
    for (const page of this.#flights.keys()) this.#cancel(page);
  }

  #publish(): void {
    this.#listing = this.#snapshot();
    for (const listener of this.#listeners) listener();
  }

  #snapshot(): Listing {
    const shown = this.#before ?? { view: this.#view, pages: this.#pages };
    return {
      view: this.#view,
      pages: shown.pages,
      asOf: shown.view.pinnedAt,
      stale: !isSameList(shown.view, this.#view),
      loading: this.#flights.size > 0,
      problem: this.#problem,
      failures: this.#failures,
    };
  }
}

/** Whether two views differ by nothing but the moment. */
function isSameList(a: View, b: View): boolean {
  return a.query === b.query && a.sort === b.sort && a.descending === b.descending;
}
