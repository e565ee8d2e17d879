import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createMemoryBackend } from "@/backend/memory/memory";
import { Failure } from "@/backend/problem";
import { showApp } from "@/testing/open";

const element = (selector: string) => document.querySelector<HTMLElement>(selector);
const box = () => element("[role=combobox]") ?? document.body;
const type = (value: string) => fireEvent.change(box(), { target: { value } });
const press = (key: string) => fireEvent.keyDown(box(), { key });
const selected = () => element("[role=option][aria-selected=true]")?.textContent ?? "";
const button = () =>
  [...document.querySelectorAll<HTMLElement>("button")].find((one) =>
    one.textContent?.startsWith("Continue"),
  );

/** Lets promises, and the queries that wait for them, run until nothing is left of them. */
const settle = () =>
  act(async () => {
    for (let turn = 0; turn < 8; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      vi.advanceTimersByTime(1);
    }
  });

/** The screen, with answers that wait for the test. */
async function open() {
  const backend = createMemoryBackend({ identified: false, users: 60 });
  const list = backend.listUsers.bind(backend);
  const waiting: ((isThere: boolean) => void)[] = [];
  const asked: string[] = [];
  backend.listUsers = async (request, signal) => {
    asked.push(request.view.query);
    const isThere = await new Promise<boolean>((resolve) => waiting.push(resolve));
    if (!isThere) throw new Failure({ ...problem });
    return list(request, signal);
  };
  const answer = async (nth = 0, isThere = true): Promise<void> => {
    waiting.splice(nth, 1)[0]?.(isThere);
    await settle();
  };
  const answerAll = async (): Promise<void> => {
    await settle();
    while (waiting.length > 0) await answer();
  };
  showApp(backend);
  // The window reads its parts first, which takes as long as it takes.
  await vi.waitFor(async () => {
    await settle();
    await answerAll();
    expect(document.querySelectorAll("[role=option]").length).toBeGreaterThan(1);
  }, 20_000);
  return { backend, asked, answer, answerAll };
}

const problem = {
  code: "clerk_timeout",
  message: "Clerk did not answer in time.",
  next: "",
  retry: true,
  traceID: "",
  retryAfterMS: 0,
  request: "",
  status: 0,
  call: "",
} as const;

const rest = () => act(() => void vi.advanceTimersByTime(200));

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

describe("while Clerk takes its time", () => {
  test.each(["at once", "after the rest"])(
    "Enter %s picks nobody of the list before, and the first of what is typed",
    async (when) => {
      const { answerAll } = await open();
      type("ingrid.solheim@fjordbank.example");
      if (when === "after the rest") rest();
      press("Enter");
      expect(selected()).toBe("");
      await answerAll();
      expect(selected()).toContain("Ingrid Solheim");
      expect(button()?.getAttribute("aria-label")).toBe("Continue as Ingrid Solheim (unverified)");
    },
  );

  test("a pick that left the list is dropped, also while the list is still to come", async () => {
    const { backend, answerAll } = await open();
    type("ingrid");
    press("Enter");
    await answerAll();
    type("noor");
    fireEvent.click(button() ?? document.body);
    expect(screen.getByRole("alert").textContent).toBe("Select yourself in the list first.");
    rest();
    await answerAll();
    expect(selected()).toBe("");
    fireEvent.click(button() ?? document.body);
    type("ingrid");
    rest();
    await answerAll();
    expect(selected()).toBe("");
    expect(backend.calls.map(([method]) => method)).not.toContain("setOperator");
  });

  test("more text, or Esc, calls off the Enter before", async () => {
    const { answerAll } = await open();
    type("ingrid");
    press("Enter");
    type("ingrid s");
    await answerAll();
    rest();
    await answerAll();
    expect(selected()).toBe("");
    type("noor");
    press("Enter");
    press("Escape");
    await answerAll();
    expect(selected()).toBe("");
  });

  test("typing asks once, after a rest", async () => {
    const { asked, answerAll } = await open();
    const before = asked.length;
    for (const text of ["i", "in", "ing", "ingr", "ingrid"]) {
      type(text);
      act(() => void vi.advanceTimersByTime(199));
    }
    rest();
    await answerAll();
    expect(asked.slice(before)).toEqual(["ingrid"]);
  });

  test("a long name loses its middle on the button, and none of it by ear", async () => {
    const { backend, answerAll } = await open();
    const name = "Alexandrina Wilhelmina Charlotte of Hohenzollern-Sigmaringen";
    Object.assign(backend.users[1] ?? {}, { name });
    type("alexandrina");
    press("Enter");
    await answerAll();
    expect(button()?.getAttribute("aria-label")).toBe(`Continue as ${name} (unverified)`);
    expect(button()?.textContent).toMatch(/^Continue as Alexandrin…gmaringen \(unverified\)$/);
  });
});

test("the operator is whom the button names, and in the list of what is typed, whatever is answered when", async () => {
  const word = fc.constantFrom(
    "",
    "ingrid",
    "noor",
    "o",
    "nobody",
    "tomás",
    "ingrid.solheim@fjordbank.example",
  );
  const step = fc.oneof(
    { weight: 2, arbitrary: fc.record({ type: word }) },
    { weight: 3, arbitrary: fc.record({ answer: fc.constantFrom(0, -1), isThere: fc.boolean() }) },
    {
      weight: 4,
      arbitrary: fc.constantFrom("Enter", "ArrowDown", "ArrowUp", "rest", "click a row", "continue"),
    },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      const { backend, answer, answerAll } = await open();
      const wrong: string[] = [];
      backend.setOperator = (id) => {
        const who = backend.users.find((user) => user.id === id);
        const named = button()?.getAttribute("aria-label") ?? "";
        const typed = box().getAttribute("value")?.trim().toLowerCase() ?? "";
        if (!named.includes(who?.name ?? "nobody")) wrong.push(`${who?.name} for ${named}`);
        if (!`${who?.name} ${who?.email}`.toLowerCase().includes(typed))
          wrong.push(`${who?.name} for ${typed}`);
        if (!selected().includes(who?.email ?? "nobody")) wrong.push(`${who?.name} is not selected`);
        return Promise.reject(new Failure(problem));
      };
      for (const one of steps) {
        if (typeof one === "object" && "type" in one) type(one.type);
        else if (typeof one === "object") await answer(one.answer, one.isThere);
        else if (one === "rest") rest();
        else if (one === "click a row")
          fireEvent.click(element("[role=option]:nth-child(2)") ?? document.body);
        else if (one === "continue") {
          fireEvent.click(button() ?? document.body);
          await settle();
        } else press(one);
      }
      await answerAll();
      fireEvent.click(button() ?? document.body);
      await settle();
      cleanup();
      expect(wrong).toEqual([]);
    }),
    { numRuns: 15, endOnFailure: true },
  );
}, 60_000);
