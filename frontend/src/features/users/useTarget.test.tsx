import { act, cleanup, renderHook } from "@testing-library/react";
import * as fc from "fast-check";
import { type FocusEvent, type ReactNode, useRef, useState, useSyncExternalStore } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ActionProvider } from "@/actions/ActionProvider";
import { BackendProvider } from "@/backend/BackendProvider";
import { createMemoryBackend } from "@/backend/memory/memory";
import { Failure } from "@/backend/problem";
import type { UserRow, UsersPage, UsersRequest } from "@/backend/users";
import { busy } from "./clerk.model";
import { Loader } from "./loader";
import { useSearch } from "./search/useSearch";
import { useTarget } from "./useTarget";

const { users: everybody } = createMemoryBackend({ users: 60 });
const find = (text: string): UserRow[] =>
  everybody.filter(({ name, email, id }) => `${name} ${email} ${id}`.toLowerCase().includes(text));

/** A directory that answers when the test says, and in the order that it says. */
class Directory {
  readonly #waiting: { request: UsersRequest; settle: (page: UsersPage | undefined) => void }[] = [];

  readonly listUsers = (request: UsersRequest): Promise<UsersPage> =>
    new Promise((resolve, reject) => {
      const settle = (page: UsersPage | undefined): void =>
        page ? resolve(page) : reject(new Failure(busy));
      this.#waiting.push({ request, settle });
    });

  async answer(nth: number, isThere: boolean): Promise<void> {
    const [call] = this.#waiting.splice(nth, 1);
    const rows = call === undefined ? [] : find(call.request.view.query);
    await act(async () => {
      const page = { pinnedAt: 1, index: 0, rows, last: true, total: rows.length, aboveID: "", belowID: "" };
      call?.settle(isThere ? page : undefined);
      for (let turn = 0; turn < 6; turn++) await Promise.resolve();
    });
  }

  async answerAll(): Promise<void> {
    while (this.#waiting.length > 0) await this.answer(0, true);
  }
}

function Providers({ children }: { children: ReactNode }) {
  return (
    <BackendProvider backend={createMemoryBackend()}>
      <ActionProvider>{children}</ActionProvider>
    </BackendProvider>
  );
}

/** The search and whom keys mean, without anything drawn. */
function useScreen(loader: Loader) {
  const listing = useSyncExternalStore(loader.subscribe, loader.listing);
  const [picked, pick] = useState<UserRow>();
  const open = (change: object): void => loader.open({ ...loader.listing().view, ...change, pinnedAt: 0 });
  const search = useSearch((query) => {
    const now = loader.listing();
    if (query !== now.view.query || now.problem !== undefined) open({ query });
  });
  const box = useRef(document.createElement("input"));
  const grid = useRef(document.createElement("div"));
  const users = { loader, listing, open };
  const target = useTarget({ users, search, picked, pick, inputRef: box, gridRef: grid });
  const focus = (on: typeof box | typeof grid): void =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all that is read of it
    target.onFocus({ target: on.current } as unknown as FocusEvent);
  return { listing, search, picked, pick, target, open, focus, box, grid };
}

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

const words = [
  "",
  "noor",
  "ingrid",
  "noor.haddad@northwind.example",
  "o",
  "wei z",
  "nobody",
  "castro",
  "org:",
];
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constantFrom(...words) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      answer: fc.constantFrom(0, -1),
      isThere: fc.constantFrom(true, true, true, false),
    }),
  },
  { weight: 2, arbitrary: fc.record({ pick: fc.nat(5) }) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      "act" as const,
      "act from the panel" as const,
      "go to the first" as const,
      "go to the box" as const,
      "go to the rows" as const,
      "show the picked user" as const,
      "sort" as const,
      "refresh" as const,
      "rest" as const,
    ),
  },
);

test("the person acted on is in a row of the search as it is typed, whatever is pressed and answered when", async () => {
  let acted = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
      const directory = new Directory();
      const loader = new Loader(directory, { query: "", sort: "created_at", descending: true, pinnedAt: 0 });
      loader.want(0, 20);
      const { result } = renderHook(() => useScreen(loader), { wrapper: Providers });
      await directory.answerAll();
      const wrong: string[] = [];
      const check = (who: UserRow): void => {
        acted++;
        const { pages } = loader.listing();
        const { query, text } = result.current.search;
        if (pages.indexOf(who.id) === undefined) wrong.push(`${who.name} is in no row`);
        if (!find(text).includes(who)) wrong.push(`${who.name} is not found by ${query}`);
      };
      for (const one of steps) {
        const { search, target, focus, listing, picked, pick, open, box, grid } = result.current;
        if (one === "rest") act(() => void vi.advanceTimersByTime(200));
        else if (typeof one === "object" && "answer" in one) await directory.answer(one.answer, one.isThere);
        else
          act(() => {
            if (typeof one === "object" && "type" in one) {
              focus(box);
              target.drop();
              search.change(one.type);
            } else if (typeof one === "object" && "pick" in one) {
              focus(grid);
              pick(listing.pages.row(one.pick));
            } else if (one === "act") target.act(check);
            else if (one === "act from the panel") {
              if (picked) target.actOn(picked, check);
            } else if (one === "go to the first") target.goToFirst();
            else if (one === "go to the box") focus(box);
            else if (one === "go to the rows") focus(grid);
            else if (one === "show the picked user") {
              if (picked) target.goToFirst(search.replace(picked.id));
            } else if (one === "sort") open({ descending: !listing.view.descending });
            else if (one === "refresh") open({});
          });
      }
      await directory.answerAll();
      cleanup();
      expect(wrong).toEqual([]);
    }),
    { numRuns: 100 },
  );
  expect(acted, "often enough for the test to mean something").toBeGreaterThan(10);
}, 60_000);
