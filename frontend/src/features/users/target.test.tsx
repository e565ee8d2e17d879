import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createMemoryBackend, type MemoryBackend } from "@/backend/memory/memory";
import { Failure } from "@/backend/problem";
import type { UserRow } from "@/backend/users";
import { showApp } from "@/testing/open";
import { busy } from "./clerk.model";
import { renderUsers, row } from "./renderUsers";

const box = () => screen.getByRole<HTMLInputElement>("searchbox", { name: "Search users" });
const rows = () => screen.queryAllByRole("rowheader", { hidden: true }).map((cell) => cell.textContent);
const panelButton = () =>
  within(screen.getByRole("complementary", { name: "Details" })).getByRole("button", {
    name: "Impersonate…",
  });

/** The answers to searches, given by the test in any order, or as failures. */
class Answers {
  readonly #waiting: ((isThere: boolean) => void)[] = [];

  constructor(backend: MemoryBackend) {
    const list = backend.listUsers.bind(backend);
    backend.listUsers = async (request, signal) => {
      const isThere = await new Promise<boolean>((resolve) => this.#waiting.push(resolve));
      if (!isThere) throw new Failure({ ...busy, retryAfterMS: 0 });
      return list(request, signal);
    };
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** The answer that has waited longest is number 0, the newest -1. */
  async give(nth: number, isThere = true): Promise<void> {
    const [answer] = this.#waiting.splice(nth, 1);
    await act(async () => {
      answer?.(isThere);
      await passed();
    });
  }

  async giveAll(): Promise<void> {
    while (this.#waiting.length > 0) await this.give(0);
  }
}

/** Without roles, which take long to look for. */
const element = (selector: string) => document.querySelector<HTMLElement>(selector);

/** Lets answers come in, and the frame in which they are drawn. */
const passed = () => new Promise((resolve) => setTimeout(resolve, 20));

/** Typing has come to rest. */
const rested = () => act(() => new Promise((resolve) => setTimeout(resolve, 210)));

/** The screen with answers that wait for the test, the first rows there. */
async function open() {
  let answers: Answers | undefined;
  const shown = await renderUsers({ users: 40 }, (backend) => {
    answers = new Answers(backend);
  });
  if (answers === undefined) throw new Error("the backend was not prepared");
  await answers.giveAll();
  await row("Noor Haddad");
  return { ...shown, answers };
}

const type = (value: string) => fireEvent.change(box(), { target: { value } });
const focusBox = () => act(() => box().focus());

/** The keys that can act on a user. */
const keys = {
  enter: { key: "Enter" },
  impersonate: { key: "Enter", ctrlKey: true },
  copyID: { key: "C", ctrlKey: true, shiftKey: true },
  copyEmail: { key: "c", ctrlKey: true },
  down: { key: "ArrowDown" },
  letter: { key: "i" },
  refresh: { key: "F5" },
  space: { key: " " },
} satisfies Record<string, KeyboardEventInit>;

const press = (key: KeyboardEventInit) => fireEvent.keyDown(document.activeElement ?? document.body, key);

describe("a key in the search box", () => {
  test.each(["at once", "after the rest", "after the answer"])(
    "Ctrl+Enter %s means the first user of the search as it is typed",
    async (when) => {
      const { answers, impersonated, user } = await open();
      await user.click(await row("Ingrid Solheim"));
      focusBox();
      type("noor.haddad@northwind.example");
      if (when !== "at once") await rested();
      if (when === "after the answer") await answers.giveAll();
      press(keys.impersonate);
      await answers.giveAll();
      await waitFor(() => expect(impersonated.map(({ name }) => name)).toEqual(["Noor Haddad"]));
    },
  );

  test("Enter and Ctrl+Enter before the answer impersonate whom it names", async () => {
    const { answers, impersonated, user } = await open();
    await user.click(await row("Ingrid Solheim"));
    focusBox();
    type("noor");
    press(keys.enter);
    press(keys.impersonate);
    expect(impersonated).toEqual([]);
    await answers.giveAll();
    await waitFor(() => expect(impersonated.map(({ name }) => name)).toEqual(["Noor Haddad"]));
  });

  test("Ctrl+Enter for nobody opens nothing and says so", async () => {
    const { answers, impersonated, user } = await open();
    await user.click(await row("Ingrid Solheim"));
    focusBox();
    type("nobody at all");
    press(keys.impersonate);
    await answers.giveAll();
    await screen.findByRole("heading", { name: "No user matches “nobody at all”" });
    const said = screen
      .getAllByRole("status")
      .filter(({ textContent }) => textContent?.includes("No user matches"));
    expect(said).toHaveLength(1);
    expect(impersonated).toEqual([]);
    expect(document.activeElement).toBe(box());
  });

  test("a search that failed acts on nobody, not on one of the rows before", async () => {
    const { answers, impersonated, backend, user } = await open();
    await user.click(await row("Ingrid Solheim"));
    focusBox();
    type("noor");
    press(keys.impersonate);
    await answers.give(0, false);
    await screen.findByRole("alert");
    press(keys.impersonate);
    await answers.give(0, false);
    act(() => screen.getByRole("grid").focus());
    press(keys.impersonate);
    press(keys.copyID);
    expect(impersonated).toEqual([]);
    expect(backend.calls.filter(([method]) => method === "copyText")).toEqual([]);
  });

  test.each([
    ["typing", () => type("noor h")],
    ["Esc", () => press({ key: "Escape" })],
    ["a letter", () => press(keys.letter)],
    ["another place", () => act(() => screen.getByRole("button", { name: "Refresh" }).focus())],
    ["a refresh", () => press(keys.refresh)],
  ])("%s calls off what was waited for", async (_, goOn) => {
    const { answers, impersonated } = await open();
    focusBox();
    type("noor");
    press(keys.impersonate);
    goOn();
    const focus = document.activeElement;
    await rested();
    await answers.giveAll();
    expect(impersonated).toEqual([]);
    expect(document.activeElement).toBe(focus);
  });

  test("an answer does not move the focus out of a dialog that was opened meanwhile", async () => {
    const backend = createMemoryBackend({ users: 40 });
    const answers = new Answers(backend);
    showApp(backend);
    await waitFor(() => expect(answers.waiting).toBeGreaterThan(0));
    await answers.giveAll();
    await row("Noor Haddad");
    focusBox();
    type("ingrid");
    press(keys.enter);
    press({ key: "F1" });
    const dialog = await screen.findByRole("dialog", { name: "Keyboard shortcuts and security" });
    await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
    await answers.giveAll();
    await waitFor(() => expect(rows().join()).not.toContain("Noor Haddad"));
    await act(passed);
    expect(dialog.contains(document.activeElement)).toBe(true);
  });

  test("the commands, opened from the box, mean the first user of the search as well", async () => {
    const { answers, backend, user } = await open();
    await user.click(await row("Ingrid Solheim"));
    focusBox();
    type("noor");
    act(() => backend.choose("copyID"));
    await answers.giveAll();
    const id = backend.users.find(({ name }) => name === "Noor Haddad")?.id;
    await waitFor(() => expect(backend.calls).toContainEqual(["copyText", id]));
    expect(backend.calls.filter(([method]) => method === "copyText")).toHaveLength(1);
  });
});

describe("a user in none of the rows", () => {
  test("is the target of no key, and the panel says so and leads to them", async () => {
    const { answers, impersonated, user, backend } = await open();
    await user.click(await row("Ingrid Solheim"));
    focusBox();
    type("noor");
    expect(panelButton().getAttribute("aria-disabled")).toBe("true");
    await rested();
    await answers.giveAll();
    await waitFor(() => expect(rows()).toEqual([expect.stringContaining("Noor Haddad")]));
    const button = panelButton();
    expect(button.getAttribute("aria-disabled")).toBe("true");
    const why = document.getElementById(button.getAttribute("aria-describedby")?.split(" ").at(-1) ?? "");
    expect(why?.textContent).toContain("not in the list");
    await user.click(button);
    act(() => screen.getByRole("grid").focus());
    press(keys.impersonate);
    press(keys.copyEmail);
    press(keys.copyID);
    expect(impersonated).toEqual([]);
    expect(backend.calls.filter(([method]) => method === "copyText")).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Show in list" }));
    await answers.giveAll();
    await waitFor(() => expect(panelButton().getAttribute("aria-disabled")).toBe("false"));
    press(keys.impersonate);
    expect(impersonated.map(({ name }) => name)).toEqual(["Ingrid Solheim"]);
  });

  test("is not what the menu of a row acts on after the row has gone", async () => {
    const { answers, impersonated, user, backend } = await open();
    fireEvent.contextMenu(await row("Ingrid Solheim"));
    await screen.findByRole("menu");
    backend.users.splice(
      0,
      backend.users.length,
      ...backend.users.filter(({ name }) => name !== "Ingrid Solheim"),
    );
    act(() => backend.choose("refresh"));
    await answers.giveAll();
    await waitFor(() => expect(rows().join()).not.toContain("Ingrid Solheim"));
    await user.click(screen.getByRole("menuitem", { name: /Impersonate…/ }));
    expect(impersonated).toEqual([]);
  });
});

test("the menu of a row stays about its user while another user is picked", async () => {
  const { answers, impersonated, user } = await open();
  focusBox();
  type("o");
  press(keys.enter);
  fireEvent.contextMenu(await row("Wei Zhang"));
  await screen.findByRole("menu");
  await answers.giveAll();
  await act(passed);
  await user.click(screen.getByRole("menuitem", { name: /Impersonate…/ })).catch(() => undefined);
  expect(impersonated.map(({ name }) => name).filter((name) => name !== "Wei Zhang")).toEqual([]);
});

describe("after texts, keys and answers in any order", () => {
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
  const steps: Record<string, () => void> = {
    ...Object.fromEntries(
      words.map((text) => [
        `type ${text}`,
        () => {
          act(() => element("[role=searchbox]")?.focus());
          fireEvent.change(element("[role=searchbox]") ?? document.body, { target: { value: text } });
        },
      ]),
    ),
    ...Object.fromEntries(Object.entries(keys).map(([name, key]) => [`press ${name}`, () => press(key)])),
    "go to the box": () => act(() => element("[role=searchbox]")?.focus()),
    "go to the rows": () => act(() => element("[role=grid]")?.focus()),
    "click the third row": () =>
      void fireEvent.mouseDown(element("[data-index='2'] [role=rowheader]") ?? document.body),
    "click the panel's button": () => void fireEvent.click(element("aside header button") ?? document.body),
    sort: () => void fireEvent.click(element("[role=columnheader] button") ?? document.body),
  };
  const anyStep = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...Object.keys(steps)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom("answer the first", "answer the last", "fail the first", "rest"),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom("choose impersonate", "choose copyID", "choose copyEmail", "choose refresh"),
    },
  );

  test("the person acted on is in a row that is shown, and one whom the search as typed finds", async () => {
    const acted: string[] = [];
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 6, maxLength: 16 }), async (chosen) => {
        const { answers, backend, onImpersonate } = await open();
        const wrong: string[] = [];
        const check = (who: UserRow | undefined): void => {
          const [name, address] = [who?.name ?? "", who?.email ?? ""];
          const typed = document.querySelector<HTMLInputElement>("[role=searchbox]")?.value ?? "";
          const shown = [...document.querySelectorAll("[role=rowheader]")].map((cell) => cell.textContent);
          acted.push(name);
          if (!shown.some((text) => text.includes(name))) wrong.push(`${name} is in no row`);
          if (!`${name} ${address}`.toLowerCase().includes(typed)) wrong.push(`${name} for ${typed}`);
        };
        onImpersonate(check);
        backend.copyText = (text) => {
          check(backend.users.find(({ id, email }) => id === text || email === text));
          return Promise.resolve();
        };
        for (const one of chosen) {
          const step = steps[one];
          if (step) step();
          else if (one === "rest") await rested();
          else if (one.startsWith("choose ")) act(() => backend.choose(one.slice("choose ".length)));
          else await answers.give(one.endsWith("last") ? -1 : 0, one.startsWith("answer"));
        }
        await answers.giveAll();
        cleanup();
        expect(wrong).toEqual([]);
      }),
      // The example acts on somebody for certain: random steps may act on nobody in so few runs.
      { numRuns: 8, endOnFailure: true, examples: [[["type noor", "press impersonate", "rest"]]] },
    );
    expect(acted, "somebody was acted on").toContain("Noor Haddad");
  }, 120_000);
});
