/** Every browser test starts with a stand-in for Clerk, the program and its page. */
import { test as base, expect, type Page } from "@playwright/test";
import { Clerk } from "./clerk";
import { Program } from "./program";

export { expect };

/** A key of the right form. Joined so that no scanner takes it for a real one. */
export const key = ["sk", "test", "E2eKeyThatNeverReachesThePage01234567890"].join("_");

/** The stand-in's people, as internal/emulator/people.go invents them. */
export const operator = { name: "Maya Lindqvist", email: "maya@northwind.example" };
export const customer = { name: "Ingrid Solheim", email: "ingrid.solheim@fjordbank.example" };

interface Fixtures {
  clerk: Clerk;
  /** Arguments of the program, as on its command line. */
  programArgs: string[];
  /** The settings that an administrator deployed, as JSON; "" without any. */
  policy: string;
  /** The settings file that the program finds; "" for none. */
  settings: string;
  program: Program;
  /** Fails the test if a key or a ticket crosses to the page. Always on. */
  bridgeWatch: undefined;
}

export const test = base.extend<Fixtures>({
  clerk: async ({}, use) => {
    const clerk = await Clerk.start();
    await use(clerk);
    await clerk.end();
  },
  programArgs: [[], { option: true }],
  policy: ["", { option: true }],
  settings: ["", { option: true }],
  program: async ({ clerk, programArgs, policy, settings }, use) => {
    const program = await Program.start(clerk.apiURL, programArgs, policy, settings);
    await use(program);
    await program.end();
  },
  page: async ({ page, program }, use) => {
    await page.goto(program.address);
    await use(page);
  },
  bridgeWatch: [
    async ({ context }, use) => {
      const crossed: string[] = [];
      context.on("page", (page) =>
        page.on("websocket", (channel) =>
          channel.on("framereceived", ({ payload }) => crossed.push(payload.toString())),
        ),
      );
      await use(undefined);
      expect(crossed, "the page was answered").not.toEqual([]);
      for (const message of crossed) {
        expect(message, "no key crosses to the page").not.toMatch(/sk_(test|live)_\w{8,}/);
        expect(message, "no ticket crosses to the page").not.toMatch(/ticket=|eyJ\w+\./);
      }
    },
    { auto: true },
  ],
});

/** Connects the stand-in with a pasted key. There is no keychain: the key is held in memory. */
export async function connect(page: Page, program: Program): Promise<void> {
  await pasteKey(page, program);
  await page.getByRole("button", { name: /until I quit/ }).click();
  await expect(page.getByRole("heading", { name: "Which user are you?" })).toBeVisible();
}

/** Pastes a good key, up to where the missing keychain is told. */
export async function pasteKey(page: Page, program: Program): Promise<void> {
  await program.copy(key);
  await page.getByRole("button", { name: "Paste secret key" }).click();
  await expect(page.getByRole("button", { name: /until I quit/ })).toBeVisible();
}

/** Picks the operator, and leaves it unproven. */
export async function identify(page: Page): Promise<void> {
  await page.getByRole("combobox", { name: /Search for yourself/ }).fill(operator.email);
  await expect(page.getByRole("option")).toContainText([operator.email]);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /^Continue as .+ \(unverified\)$/ }).click();
  await expect(page.getByRole("grid", { name: "Users" })).toBeVisible();
}

/** Connects the stand-in and picks the operator, as whoever works with users has done. */
export async function openUsers(page: Page, program: Program): Promise<void> {
  await connect(page, program);
  await identify(page);
}

/** Searches for a user and opens the dialog to impersonate them. */
export async function askToImpersonate(page: Page, user = customer): Promise<void> {
  await page.getByRole("searchbox", { name: "Search users" }).fill(user.email);
  await page.getByRole("row", { name: user.name }).click();
  await page.getByRole("button", { name: "Impersonate…" }).click();
  await page.getByRole("radio", { name: /default browser/ }).click();
  await page.getByRole("textbox", { name: "Reason" }).fill("Invoices page is empty");
}

export function submit(page: Page): Promise<void> {
  return page.getByRole("dialog").getByRole("button", { name: "Impersonate", exact: true }).click();
}

/** Presses the zoom's key until everything is so large, from 100 %. */
export async function zoomTo(page: Page, percent: number): Promise<void> {
  for (let zoom = 110; zoom <= percent; zoom += 10) {
    await page.keyboard.press("Control+=");
    await expect(page.locator("html")).toHaveAttribute("style", new RegExp(`font-size: ${zoom}%`));
  }
}
