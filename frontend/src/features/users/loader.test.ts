import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { View } from "@/backend/users";
import { busy, ClerkModel } from "./clerk.model";
import { Loader, maxRequests } from "./loader";
import { maxPages, type Pages, pageSize } from "./pages";

const newest: View = { query: "", sort: "created_at", descending: true, pinnedAt: 0 };
const recent: View = { ...newest, sort: "last_sign_in_at" };
const longAgo: View = { ...recent, descending: false };

function shown(pages: Pages, first: number, end: number): (string | undefined)[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, i) => pages.row(first + i)?.id);
}

/** Every row held is at one place, and the map of ids knows which. */
function expectEachOnce(pages: Pages, end: number): void {
  const seen = new Set<string>();
  for (let i = 0; i < end; i++) {
    const id = pages.row(i)?.id;
    if (id === undefined) continue;
    expect(seen.has(id)).toBe(false);
    seen.add(id);
    expect(pages.indexOf(id)).toBe(i);
  }
}

async function start(count: number, view = newest): Promise<{ clerk: ClerkModel; loader: Loader }> {
  const clerk = new ClerkModel(count);
  const loader = new Loader(clerk.source, view);
  loader.want(0, 30);
  await clerk.answerAll();
  const pinned = loader.listing().view;
  loader.setTotal(pinned, clerk.count(pinned));
  return { clerk, loader };
}

describe("asking", () => {
  test("a step of a scroll changes the listing only when it asks for rows", async () => {
    const { loader } = await start(250);
    let changes = 0;
    loader.subscribe(() => changes++);
    loader.want(10, 40);
    expect(changes).toBe(0);
    loader.want(90, 120);
    expect(changes).toBe(1);
  });

  test("rows that are there already are shown, and not asked for", async () => {
    const { clerk, loader } = await start(250);
    const page = loader.listing();
    const rows = Array.from({ length: 100 }, (_, i) => page.pages.row(i)).filter((row) => row !== undefined);
    const first = { pinnedAt: page.asOf, index: 0, rows, last: false, total: -1, aboveID: "", belowID: "" };
    const again = new Loader(clerk.source, newest, first);
    again.want(0, 30);
    expect(clerk.asked).toBe(1);
    expect(again.listing()).toMatchObject({ asOf: page.asOf, loading: false, stale: false });
    expect(again.listing().pages.row(99)).toEqual(rows[99]);
    again.want(80, 130);
    expect(clerk.calls.map(({ request }) => request.index)).toEqual([100]);
  });

  test("the first page is one request, pinned by its answer", async () => {
    const { clerk, loader } = await start(250);
    expect(clerk.asked).toBe(1);
    expect(loader.listing().view.pinnedAt).toBeGreaterThan(0);
    expect(shown(loader.listing().pages, 0, 100)).toEqual(clerk.ids(loader.listing().view).slice(0, 100));
  });

  test("a jump to the last row is one request in either order", async () => {
    for (const view of [newest, recent]) {
      const { clerk, loader } = await start(5000, view);
      loader.want(4960, 5000);
      await clerk.answerAll();
      expect(clerk.asked).toBe(2);
      expect(shown(loader.listing().pages, 4960, 5000)).toEqual(clerk.ids(loader.listing().view).slice(4960));
    }
  });

  test("the page nearest to the middle of the screen comes first, and others are cancelled", async () => {
    const { clerk, loader } = await start(5000, recent);
    loader.want(1150, 1420);
    expect(clerk.calls.map(({ request }) => request.index)).toEqual([1200, 1300]);
    loader.want(3000, 3050);
    expect(clerk.calls.map(({ request }) => request.index)).toEqual([3000]);
  });

  test("in creation order a page waits for the one before it, to go on from its last row", async () => {
    const { clerk, loader } = await start(5000);
    loader.want(1000, 1200);
    expect(clerk.calls.map(({ request }) => request.index)).toEqual([1000]);
    await clerk.answer(0);
    expect(clerk.calls.map(({ request }) => request.afterID)).toEqual([loader.listing().pages.row(1099)?.id]);
  });

  test("the page above one that is held is asked for with the first row of that one", async () => {
    for (const view of [newest, recent]) {
      const { clerk, loader } = await start(5000, view);
      loader.want(3000, 3100);
      await clerk.answerAll();
      loader.want(2900, 3000);
      const behind = loader.listing().pages.row(3000)?.id;
      expect(clerk.calls.map(({ request }) => request.beforeID)).toEqual([behind]);
      await clerk.answerAll();
      const { pages, view: pinned } = loader.listing();
      expect(shown(pages, 2900, 3100)).toEqual(clerk.ids(pinned).slice(2900, 3100));
    }
  });

  test("going up, a row too few in place of a page tells that the rows above were deleted", async () => {
    const { clerk, loader } = await start(500);
    loader.want(100, 200);
    await clerk.answerAll();
    const { view } = loader.listing();
    loader.open({ ...view });
    loader.want(100, 200);
    await clerk.answerAll();
    for (let i = 0; i < 3; i++) clerk.remove(clerk.people.findIndex(({ id }) => id === clerk.ids(view)[0]));
    loader.want(0, 100);
    await clerk.answerAll();
    loader.want(0, 200);
    await clerk.answerAll();
    expect(shown(loader.listing().pages, 0, 200)).toEqual(clerk.ids(view).slice(0, 200));
  });

  test("rows of the view before stay until the new view answers", async () => {
    const { clerk, loader } = await start(300);
    const before = loader.listing().pages;
    loader.open({ ...newest, query: "ann" });
    loader.open({ ...newest, query: "anna" });
    expect(loader.listing()).toMatchObject({ stale: true, pages: before });
    expect(clerk.calls.map(({ request }) => request.view.query)).toEqual(["anna"]);
    await clerk.answerAll();
    expect(loader.listing().stale).toBe(false);
    expect(loader.listing().pages).not.toBe(before);
  });

  test("a refresh keeps the rows and their moment until it is answered, and where the window stands", async () => {
    const { clerk, loader } = await start(600);
    loader.want(300, 330);
    await clerk.answerAll();
    const { asOf, pages, view } = loader.listing();
    loader.open({ ...view, pinnedAt: 0 });
    expect(loader.listing()).toMatchObject({ stale: false, asOf, pages });
    expect(clerk.calls.map(({ request }) => request.index)).toEqual([300]);
    await clerk.fail(0);
    expect(loader.listing()).toMatchObject({ stale: false, asOf, pages });
  });

  test("a refresh far down asks from the nearer end, and puts right what the total of before got wrong", async () => {
    for (const order of [newest, recent]) {
      const { clerk, loader } = await start(5000, order);
      loader.want(4700, 4730);
      await clerk.answerAll();
      for (let i = 0; i < 3; i++) clerk.insert();
      loader.open({ ...loader.listing().view, pinnedAt: 0 });
      loader.open({ ...loader.listing().view, pinnedAt: 0 });
      expect(clerk.calls.map(({ request }) => [request.index, request.total])).toEqual([[4700, 5000]]);
      await clerk.answerAll();
      const { view, pages } = loader.listing();
      expect(pages.total).toBeUndefined();
      loader.setTotal(view, clerk.count(view));
      await clerk.answerAll();
      expect(pages.total).toBe(5003);
      expect(shown(pages, 4700, 4730)).toEqual(clerk.ids(view).slice(4700, 4730));
    }
  });

  test("without a count after a refresh nobody is lost between the rows counted from either end", async () => {
    for (const order of [newest, recent]) {
      const { clerk, loader } = await start(600, order);
      loader.want(400, 500);
      await clerk.answerAll();
      for (let i = 0; i < 3; i++) clerk.insert();
      loader.open({ ...loader.listing().view, pinnedAt: 0 });
      await clerk.answerAll();
      // Up over the middle, in creation order by cursor from a row counted from the end.
      loader.want(300, 400);
      await clerk.answerAll();
      loader.want(250, 450);
      await clerk.answerAll();
      const { view, pages } = loader.listing();
      expect(shown(pages, 250, 450)).toEqual(clerk.ids(view).slice(250, 450));
    }
  });

  test("another search or order is not asked for by the total of the one before", async () => {
    const { clerk, loader } = await start(5000);
    loader.open({ ...recent });
    expect(clerk.calls.map(({ request }) => request.total)).toEqual([-1]);
  });

  test("after a failure nothing is asked until retry, and the rows stay", async () => {
    const { clerk, loader } = await start(300);
    loader.want(150, 180);
    await clerk.fail(0);
    loader.want(250, 280);
    expect(clerk.calls).toEqual([]);
    expect(loader.listing().problem).toEqual(busy);
    expect(loader.listing().pages.row(0)).toBeDefined();
    loader.retry();
    expect(loader.listing().problem).toBeUndefined();
    expect(clerk.calls.map(({ request }) => request.index)).toEqual([200]);
  });

  test("a count that is wrong by one does not make the loader ask for ever", async () => {
    for (const view of [newest, recent]) {
      const { clerk, loader } = await start(1000, view);
      loader.setTotal(loader.listing().view, 1001);
      for (const first of [750, 450, 550, 480]) {
        loader.want(first, first + 100);
        await clerk.answerAll();
      }
      const { pages, view: pinned } = loader.listing();
      expect(shown(pages, 480, 580)).toEqual(clerk.ids(pinned).slice(480, 580));
    }
  });

  test("an id seen at another place drops the older page, which is asked for again", async () => {
    const { clerk, loader } = await start(400, recent);
    loader.want(0, 200);
    await clerk.answerAll();
    clerk.signIn(5); // one of the last rows becomes the first and shifts the others
    loader.want(150, 250);
    await clerk.answerAll();
    const { pages, view } = loader.listing();
    expect(shown(pages, 150, 250)).toEqual(clerk.ids(view).slice(150, 250));
    expect(pages.isFresh(0)).toBe(false);
  });

  test("a row that moved between two pages is in one of them all the same", async () => {
    const { clerk, loader } = await start(400, longAgo);
    clerk.signIn(clerk.people.findIndex(({ id }) => id === loader.listing().pages.row(5)?.id));
    for (const [first, end] of [
      [50, 150],
      [0, 30],
    ] as const) {
      loader.want(first, end);
      await clerk.answerAll();
      const { pages, view } = loader.listing();
      expect(shown(pages, first, end)).toEqual(clerk.ids(view).slice(first, end));
    }
    // The same from below: the page above one that is held.
    loader.want(300, 330);
    await clerk.answerAll();
    clerk.signIn(clerk.people.findIndex(({ id }) => id === loader.listing().pages.row(3)?.id));
    loader.want(250, 350);
    await clerk.answerAll();
    const { pages, view } = loader.listing();
    expect(shown(pages, 250, 350)).toEqual(clerk.ids(view).slice(250, 350));
  });

  test("a directory that contradicts itself is asked a few times and then shown, nobody twice", async () => {
    const { clerk, loader } = await start(400, recent);
    const twin = loader.listing().pages.row(99);
    clerk.rewrite = ({ index, rows, ...rest }) => ({
      ...rest,
      index,
      rows: index === 100 && twin ? [twin, ...rows.slice(1)] : rows,
    });
    loader.want(60, 140);
    await clerk.answerAll();
    const { pages } = loader.listing();
    expectEachOnce(pages, 400);
    expect(shown(pages, 60, 140).filter((id) => id === undefined)).toHaveLength(1);
  });

  test("one whose pages never meet is asked a few times and then shown", async () => {
    const { clerk, loader } = await start(400, recent);
    clerk.rewrite = (page) => ({
      ...page,
      aboveID: page.aboveID && "user_0",
      belowID: page.belowID && "user_0",
    });
    loader.want(60, 340);
    await clerk.answerAll();
    const { pages, view } = loader.listing();
    expect(shown(pages, 60, 340)).toEqual(clerk.ids(view).slice(60, 340));
  });

  test("a view that shrank ends where its rows end", async () => {
    const { clerk, loader } = await start(1000, recent);
    while (clerk.people.length > 120) clerk.remove(0);
    loader.want(400, 430);
    await clerk.answerAll();
    loader.want(100, 130);
    await clerk.answerAll();
    expect(loader.listing().pages.total).toBe(120);
    expect(shown(loader.listing().pages, 100, 120)).toEqual(clerk.ids(loader.listing().view).slice(100));
  });
});

type Step =
  | { do: "insert" }
  | { do: "remove" | "signIn" | "answer" | "fail"; nth: number }
  | { do: "retry" | "count" | "refresh" }
  | { do: "want"; first: number; rows: number };

const nth = fc.nat(20_000);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant("insert" as const) }),
  fc.record({ do: fc.constantFrom("remove" as const, "signIn" as const), nth }),
  { weight: 4, arbitrary: fc.record({ do: fc.constant("answer" as const), nth }) },
  fc.record({ do: fc.constant("fail" as const), nth }),
  fc.record({ do: fc.constantFrom("retry" as const, "count" as const, "refresh" as const) }),
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("want" as const),
      first: nth,
      rows: fc.integer({ min: 10, max: 250 }),
    }),
  },
);

async function run(next: Step, clerk: ClerkModel, loader: Loader): Promise<void> {
  const { view, pages } = loader.listing();
  switch (next.do) {
    case "insert":
      return clerk.insert();
    case "remove":
      return clerk.remove(next.nth);
    case "signIn":
      return clerk.signIn(next.nth);
    case "answer":
      return clerk.answer(next.nth);
    case "fail":
      return clerk.fail(next.nth);
    case "retry":
      return loader.retry();
    case "count":
      return loader.setTotal(view, clerk.count(view));
    case "refresh":
      return loader.open({ ...view, pinnedAt: 0 });
    case "want": {
      const first = next.first % Math.max(1, pages.extent);
      return loader.want(first, Math.min(first + next.rows, pages.extent));
    }
    default:
      return next satisfies never;
  }
}

describe("while users come, go and sign in", () => {
  test.each([
    ["creation order", newest],
    ["last sign-in", recent],
  ])("no row shows twice, memory and requests stay bounded: %s", async (_, order) => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 1200 }),
        fc.array(step, { maxLength: 80 }),
        async (count, steps) => {
          const { clerk, loader } = await start(count, order);
          for (const each of steps) {
            await run(each, clerk, loader);
            const { pages } = loader.listing();
            expectEachOnce(pages, count + 200);
            expect(pages.size).toBeLessThanOrEqual(maxPages);
          }
          expect(clerk.mostCalls).toBeLessThanOrEqual(maxRequests);
        },
      ),
      { numRuns: 150 },
    );
  });

  test.each([
    ["creation order", newest],
    ["last sign-in", recent],
  ])("after a refresh the screen is what Clerk has: %s", async (_, order) => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 1200 }),
        fc.array(step, { maxLength: 60 }),
        nth,
        async (count, steps, at) => {
          const { clerk, loader } = await start(count, order);
          for (const each of steps) await run(each, clerk, loader);
          loader.open({ ...loader.listing().view, pinnedAt: 0 });
          await clerk.answerAll();
          const { view } = loader.listing();
          loader.setTotal(view, clerk.count(view));
          await clerk.answerAll();
          const { pages } = loader.listing();
          const first = at % Math.max(1, pages.extent);
          loader.want(first, first + 40);
          await clerk.answerAll();
          const expected = clerk.ids(view).slice(first, first + 40);
          expect(shown(pages, first, first + expected.length)).toEqual(expected);
        },
      ),
      { numRuns: 150 },
    );
  });

  test.each([
    ["creation order", newest],
    ["last sign-in", recent],
  ])("once the count tells that somebody was deleted, the screen is what Clerk has: %s", async (_, order) => {
    const change = fc.oneof(step).filter(({ do: what }) => what !== "refresh" && what !== "signIn");
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1200 }),
        fc.array(change, { maxLength: 60 }),
        nth,
        async (count, steps, at) => {
          const { clerk, loader } = await start(count, order);
          for (const each of steps) await run(each, clerk, loader);
          const { view, pages } = loader.listing();
          clerk.remove(at);
          loader.retry();
          loader.setTotal(view, clerk.count(view));
          await clerk.answerAll();
          const first = at % Math.max(1, pages.extent);
          loader.want(first, first + 40);
          await clerk.answerAll();
          const expected = clerk.ids(view).slice(first, first + 40);
          expect(shown(pages, first, first + expected.length)).toEqual(expected);
        },
      ),
      { numRuns: 150 },
    );
  });

  test("walking down meets everyone who was not deleted, once", async () => {
    const happening = fc.array(
      fc.record({
        removed: fc.array(nth, { maxLength: 3 }),
        added: fc.nat(3),
        rows: fc.integer({ min: 20, max: 130 }),
      }),
      {
        minLength: 60,
        maxLength: 60,
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1000 }), happening, async (count, happenings) => {
        const { clerk, loader } = await start(count);
        const { view } = loader.listing();
        const met: string[] = [];
        const beyond = 50;
        // As the table does: go on from the last row that is still there, with rows beyond the window.
        const next = (): number => {
          const indices = met.map((id) => loader.listing().pages.indexOf(id) ?? -1);
          return Math.max(-1, ...indices) + 1;
        };
        for (const { removed, added, rows } of happenings) {
          loader.want(next() - beyond, next() + rows + beyond);
          for (const each of removed) clerk.remove(each);
          for (let i = 0; i < added; i++) clerk.insert();
          await clerk.answerAll();
          const first = next();
          const { pages } = loader.listing();
          for (const id of shown(pages, first, first + rows)) if (id !== undefined) met.push(id);
          // Rows above were deleted, and until it was known others had moved up there.
          for (const id of shown(pages, Math.max(0, first - beyond), first))
            if (id !== undefined && !met.includes(id)) met.push(id);
        }
        expect(new Set(met).size).toBe(met.length);
        expect(met).toEqual(expect.arrayContaining(clerk.ids(view)));
      }),
      { numRuns: 100 },
    );
  });

  // By offset a row can slip from one page to another while neither is asked for.
  test.each([
    ["down", recent],
    ["up", recent],
    ["down", longAgo],
    ["up", longAgo],
  ])("walking %s by last sign-in and counting meets everyone whose place stayed", async (way, order) => {
    const happening = fc.record({
      removed: fc.array(nth, { maxLength: 2 }),
      signedIn: fc.array(nth, { maxLength: 2 }),
      rows: fc.integer({ min: 25, max: 130 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 1000 }),
        fc.array(happening, { minLength: 60, maxLength: 60 }),
        async (count, happenings) => {
          const { clerk, loader } = await start(count, order);
          const { view, pages } = loader.listing();
          const met: string[] = [];
          const were = new Map(clerk.people.map(({ id, lastSignInAt }) => [id, lastSignInAt]));
          const beyond = 50;
          const stayed = () =>
            clerk.people.filter(({ id, lastSignInAt }) => were.get(id) === lastSignInAt).map(({ id }) => id);
          for (const { removed, signedIn, rows } of happenings) {
            const at = stayed()
              .filter((id) => met.includes(id))
              .map((id) => pages.indexOf(id))
              .filter((index) => index !== undefined);
            const edge = way === "down" ? Math.max(-1, ...at) : Math.min(clerk.count(view), ...at) - rows;
            // Rows beyond the window, as the table has: each that goes moves others by one.
            const [first, end] = [Math.max(0, edge - beyond), edge + rows + beyond];
            loader.want(first, end);
            await clerk.answerAll();
            for (const each of removed) clerk.remove(each);
            for (const each of signedIn) clerk.signIn(each);
            loader.setTotal(view, clerk.count(view));
            await clerk.answerAll();
            for (const id of shown(pages, first, end))
              if (id !== undefined && !met.includes(id)) met.push(id);
          }
          expect(stayed().filter((id) => !met.includes(id))).toEqual([]);
        },
      ),
      { numRuns: 25, endOnFailure: true },
    );
  });

  test("memory is bounded however far one walks", async () => {
    const { clerk, loader } = await start(20_000);
    for (let first = 0; first < 20_000; first += 90) {
      loader.want(first, first + 90);
      await clerk.answerAll();
      expect(loader.listing().pages.size).toBeLessThanOrEqual(maxPages);
    }
    expect(loader.listing().pages.size).toBe(maxPages);
    expect(clerk.asked).toBe(20_000 / pageSize);
  });
});
