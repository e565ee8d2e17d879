/** Go answers the script of src/backend/conformance, as the memory backend does. */
import type { Page } from "@playwright/test";
import { createCalls } from "../src/backend/calls";
import { expected, play } from "../src/backend/conformance/script";
import type { Program } from "./program";
import { expect, key, test } from "./test";

test("Go answers what the memory backend does", async ({ page, program }) => {
  test.slow(); // some sixty calls, one after the other
  await expect(page.getByRole("button", { name: "Paste secret key" })).toBeVisible();
  Object.assign(globalThis, { window: standIn(page, program) });
  expect(await play(createCalls())).toEqual(expected);
});

const choosesFile = ["ConnectFromFile", "ExportHistory", "SaveDiagnostics"];

/** Stands in for the window here: the page makes each call, and the program finds what it needs around it. */
function standIn(page: Page, program: Program): object {
  const call = async (name: string, args: unknown[]) => {
    if (name === "ConnectFromClipboard" || name === "ReplaceKey") await program.copy(key);
    if (choosesFile.includes(name)) await program.chooseFile(key);
    if (name === "OpenTicket") return openTicket(program, () => callInPage(page, name, args));
    return callInPage(page, name, args);
  };
  const App = new Proxy(
    {},
    {
      get:
        (_, name) =>
        (...args: unknown[]) =>
          call(String(name), args),
    },
  );
  return { go: { main: { App } } };
}

/** Fetches what the browser is asked to open, as a browser would, if it is asked. */
async function openTicket(program: Program, open: () => Promise<unknown>): Promise<unknown> {
  const before = (await program.opened()).length;
  let isOver = false;
  const opening = open();
  opening.catch(() => undefined).finally(() => (isOver = true));
  await expect.poll(async () => isOver || (await program.opened()).length > before).toBe(true);
  if (!isOver) await program.handedOver(before);
  return opening;
}

async function callInPage(page: Page, method: string, args: unknown[]): Promise<unknown> {
  const said = await page.evaluate(
    async ([name, given]) => {
      type Bound = Record<string, (...all: unknown[]) => Promise<unknown>>;
      const { App } = (window as unknown as { go: { main: { App: Bound } } }).go.main;
      try {
        return { answer: await App[name]?.(...given) };
      } catch (rejection) {
        return { failure: rejection instanceof Error ? rejection.message : String(rejection) };
      }
    },
    [method, args] as const,
  );
  if (said.failure !== undefined) throw new Error(said.failure);
  return said.answer;
}
