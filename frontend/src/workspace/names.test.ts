import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { UserName } from "@/backend/users";
import { Names } from "./names";

interface Request {
  readonly ids: readonly string[];
  readonly signal: AbortSignal;
  readonly answer: (names: UserName[]) => void;
  readonly fail: (reason: Error) => void;
}

function begin(): { names: Names; requests: Request[] } {
  const requests: Request[] = [];
  const names = new Names({
    getUserNames: (ids, signal) =>
      new Promise((answer, fail) => requests.push({ ids, signal, answer, fail })),
  });
  return { names, requests };
}

const never = new AbortController().signal;
const idsOf = (count: number): string[] => Array.from({ length: count }, (_, at) => `user_${at}`);
const rest = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1_000);
const nameOf = (id: string): UserName => ({ id, name: `Name of ${id}` });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("250 names are three requests, one after the other", async () => {
  const { names, requests } = begin();
  const found = Promise.all(idsOf(250).map((id) => names.find(id, never)));
  for (const size of [100, 100, 50]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other is what is tested
    await rest();
    const latest = requests.at(-1);
    expect(latest?.ids).toHaveLength(size);
    latest?.answer(latest.ids.map(nameOf));
  }
  expect(await found).toEqual(idsOf(250).map((id) => nameOf(id).name));
  await rest();
  expect(requests).toHaveLength(3);
});

test("a user who is looked at in several places is asked for once", async () => {
  const { names, requests } = begin();
  const found = Promise.all(["user_a", "user_a"].map((id) => names.find(id, never)));
  await rest();
  expect(requests.map(({ ids }) => ids)).toEqual([["user_a"]]);
  requests[0]?.answer([nameOf("user_a")]);
  expect(await found).toEqual(["Name of user_a", "Name of user_a"]);
});

test("a user whom Clerk does not know has no name", async () => {
  const { names, requests } = begin();
  const found = names.find("user_gone", never);
  await rest();
  requests[0]?.answer([]);
  expect(await found).toBe("");
});

test("users who are scrolled past are not asked for", async () => {
  const { names, requests } = begin();
  const scrolling = new AbortController();
  const passed = Promise.allSettled(idsOf(40).map((id) => names.find(id, scrolling.signal)));
  scrolling.abort();
  await passed;
  await rest();
  expect(requests).toEqual([]);
});

test("a request that nobody looks at any more is stopped, and the next goes out", async () => {
  const { names, requests } = begin();
  const [one, other] = [new AbortController(), new AbortController()];
  const left = Promise.allSettled([names.find("user_a", one.signal), names.find("user_b", other.signal)]);
  await rest();
  one.abort();
  expect(requests[0]?.signal.aborted).toBe(false);
  other.abort();
  expect(requests[0]?.signal.aborted).toBe(true);
  await left;
  requests[0]?.fail(new Error("stopped"));
  const found = names.find("user_c", never);
  await rest();
  expect(requests[1]?.ids).toEqual(["user_c"]);
  requests[1]?.answer([nameOf("user_c")]);
  expect(await found).toBe("Name of user_c");
});

test("a failure is told to all who asked, and the next names are asked for", async () => {
  const { names, requests } = begin();
  const failed = Promise.allSettled(["user_a", "user_b"].map((id) => names.find(id, never)));
  await rest();
  requests[0]?.fail(new Error("no network"));
  expect((await failed).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  void names.find("user_a", never);
  await rest();
  expect(requests).toHaveLength(2);
});
