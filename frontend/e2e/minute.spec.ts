/** From a window that just opened to being signed in as a user, and back, without the mouse. */
import type { Page } from "@playwright/test";
import { askToImpersonate, customer, expect, openUsers, submit, test } from "./test";

const box = (page: Page) => page.getByRole("searchbox", { name: "Search users" });
const sections = (page: Page) => page.getByRole("status", { name: "Sections" });

test("a search, a reason and three chords sign in, with eight requests to Clerk", async ({
  page,
  program,
  clerk,
}) => {
  await openUsers(page, program);
  await expect(box(page), "after choosing who one is").toBeFocused();
  // The browser is the one of the last time: the agent's second minute, and all after it.
  await askToImpersonate(page, { name: "Wei Zhang", email: "wei.zhang@lumenhq.example" });
  await submit(page);
  await program.handedOver();
  await page.keyboard.press("Control+Shift+E");
  await expect(page.getByText(/^Link canceled: .?Wei Zhang/)).toBeVisible();
  await expect(page.locator("body")).not.toBeFocused();
  await page.keyboard.press("Control+f");
  const before = (await clerk.asked()).length;

  const chords: string[] = [];
  const press = async (chord: string): Promise<void> => {
    chords.push(chord);
    await page.keyboard.press(chord);
  };
  // At once: a busy machine may rest between two letters for so long that both are searched for.
  await page.keyboard.insertText(customer.email);
  await press("Enter");
  await press("Control+Enter");
  await expect(page.getByRole("textbox", { name: "Reason" })).toBeFocused();
  await page.keyboard.type("Invoices page is empty");
  await press("Control+Enter");
  await program.handedOver(1);
  expect(chords).toEqual(["Enter", "Control+Enter", "Control+Enter"]);
  await expect(page.getByRole("button", { name: `Cancel link for ${customer.name}` })).toBeVisible();

  const asked = (await clerk.asked()).slice(before);
  const untilTicket = asked.slice(0, asked.indexOf("POST /v1/actor_tokens") + 1);
  expect(untilTicket.filter((request) => request === "GET /v1/users")).toHaveLength(1);
  expect(asked.filter((request) => request.startsWith("POST "))).toEqual(["POST /v1/actor_tokens"]);
  expect(untilTicket.length, untilTicket.join("\n")).toBeLessThanOrEqual(8);

  // Back: the newest ends by key, and the keyboard is never nowhere.
  await page.keyboard.press("Control+2");
  await expect(sections(page)).toHaveText("Live");
  await page.keyboard.press("Control+Shift+E");
  await expect(page.getByRole("button", { name: `Cancel link for ${customer.name}` })).toHaveCount(0);
  await expect(page.locator("body")).not.toBeFocused();
  await page.keyboard.press("Control+1");
  await expect(sections(page)).toHaveText("Users");
  await expect(page.locator("main :focus")).toHaveCount(1);
});

test.describe("in the sample workspace", () => {
  test.use({ programArgs: ["--sample"] });

  test("the search box has the focus at launch and after a lock, and offers nothing by itself", async ({
    page,
  }) => {
    await expect(page.getByRole("row", { name: customer.name })).toBeVisible();
    await expect(box(page)).toBeFocused();
    await expect(page.getByRole("listbox")).toHaveCount(0);
    await page.keyboard.press("Control+l");
    await expect(page.getByRole("button", { name: "Unlock" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("row", { name: customer.name })).toBeVisible();
    await expect(box(page)).toBeFocused();
    await page.keyboard.type(customer.email);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("grid", { name: "Users" })).toBeFocused();
    for (const key of ["2", "3", "4"]) {
      await page.keyboard.press(`Control+${key}`);
      await expect(page.locator("main:focus, main :focus"), `section ${key}`).toHaveCount(1);
    }
    await page.keyboard.press("Control+1");
    await expect(page.getByRole("grid", { name: "Users" }), "where it was left").toBeFocused();
  });
});
