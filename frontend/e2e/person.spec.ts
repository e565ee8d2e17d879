/** A key means the user searched for, or nobody, while Clerk takes its time to answer. */
import type { Page } from "@playwright/test";
import { connect, customer, expect, openUsers, operator, test } from "./test";

const noor = { name: "Noor Haddad", email: "noor.haddad@northwind.example" };

/** Nanoseconds, as Go counts them. */
const latency = 250e6;

const box = (page: Page) => page.getByRole("searchbox", { name: "Search users" });
const grid = (page: Page) => page.getByRole("grid", { name: "Users" });
const panel = (page: Page) => page.getByRole("complementary", { name: "Details" });
const dialog = (page: Page) => page.getByRole("dialog", { name: /^Impersonate/ });
const impersonate = (page: Page) => panel(page).getByRole("button", { name: "Impersonate…" });

test.describe("with a slow Clerk, after a search for Ingrid", () => {
  test.beforeEach(async ({ page, program, clerk }) => {
    await openUsers(page, program);
    await expect(grid(page).getByRole("rowheader").nth(1)).toBeVisible();
    await clerk.setScene({ latency });
    await box(page).fill(customer.email);
    await page.keyboard.press("Enter");
    await expect(panel(page).getByRole("heading", { name: customer.name })).toBeVisible();
    await expect(grid(page)).toBeFocused();
    await page.keyboard.press("Control+f");
  });

  test("Ctrl+Enter at once after another address is for that address", async ({ page }) => {
    await page.keyboard.type(noor.email);
    await page.keyboard.press("Control+Enter");
    await expect(dialog(page)).toHaveAccessibleName(new RegExp(noor.name));
  });

  test("Ctrl+Enter after the answer is for that address", async ({ page }) => {
    await page.keyboard.type(noor.email);
    await expect(grid(page).getByRole("rowheader", { name: noor.name })).toBeVisible();
    await expect(grid(page).getByRole("rowheader", { name: customer.name })).toHaveCount(0);
    await page.keyboard.press("Control+Enter");
    await expect(dialog(page)).toHaveAccessibleName(new RegExp(noor.name));
  });

  test("Ctrl+Enter for somebody who is not there opens nothing, and that is said", async ({ page }) => {
    await page.keyboard.type("nobody@nowhere.example");
    await page.keyboard.press("Control+Enter");
    await expect(page.getByRole("heading", { name: /^No user matches/ })).toBeVisible();
    await expect(page.getByRole("status").filter({ hasText: "No user matches" })).toHaveCount(1);
    await expect(dialog(page)).toHaveCount(0);
    await expect(box(page)).toBeFocused();
  });

  test("Enter and Ctrl+Enter fast: the dialog is for the address, and the reason stands in it", async ({
    page,
  }) => {
    await page.keyboard.type(noor.email);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+Enter");
    await expect(dialog(page)).toHaveAccessibleName(new RegExp(noor.name));
    await page.keyboard.type("Noor asked for her invoices");
    await expect(page.getByRole("textbox", { name: "Reason" })).toHaveValue("Noor asked for her invoices");
  });

  test("a copied id is that of the address, or nothing is copied", async ({ page, program }) => {
    await page.keyboard.type(noor.email);
    await page.keyboard.press("Control+Shift+C");
    await expect.poll(() => program.clipboard()).toMatch(/^user_/);
    const copied = await program.clipboard();
    await expect(panel(page).getByText(copied)).toBeVisible();
    await expect(panel(page).getByRole("heading", { name: noor.name })).toBeVisible();
    await page.keyboard.type("nobody");
    await program.menu("copyEmail");
    await expect(page.getByRole("heading", { name: /^No user matches/ })).toBeVisible();
    expect(await program.clipboard()).toBe(copied);
  });

  test("the panel's button does nothing beside a result without its user, and leads on", async ({ page }) => {
    await page.keyboard.type(noor.email);
    await expect(impersonate(page)).toHaveAttribute("aria-disabled", "true");
    await expect(grid(page).getByRole("rowheader", { name: customer.name })).toHaveCount(0);
    await expect(impersonate(page)).toHaveAttribute("aria-disabled", "true");
    await impersonate(page).click({ force: true });
    await expect(dialog(page)).toHaveCount(0);
    await panel(page).getByRole("button", { name: "Show in list" }).click();
    await expect(grid(page).getByRole("rowheader", { name: customer.name })).toBeVisible();
    await expect(grid(page)).toBeFocused();
    await page.keyboard.press("Control+Enter");
    await expect(dialog(page)).toHaveAccessibleName(new RegExp(customer.name));
  });

  test("more text, or an opened dialog, calls off what a key waited for", async ({ page }) => {
    await page.keyboard.type(noor.email.slice(0, 12));
    await page.keyboard.press("Control+Enter");
    await page.keyboard.type(noor.email.slice(12));
    await expect(grid(page).getByRole("rowheader", { name: noor.name })).toBeVisible();
    await expect(grid(page).getByRole("rowheader")).toHaveCount(1);
    await expect(dialog(page)).toHaveCount(0);
    await page.keyboard.press("Control+a");
    await page.keyboard.type(customer.email);
    await page.keyboard.press("Enter");
    await page.keyboard.press("F1");
    const help = page.getByRole("dialog", { name: /shortcuts|promises/i });
    await expect(help).toBeVisible();
    await expect(page.locator("[role=rowheader]").filter({ hasText: customer.name })).toHaveCount(1);
    await expect(help.locator(":focus")).toHaveCount(1);
  });
});

test("an address typed with Enter at once picks its user as the operator, not the first of before", async ({
  page,
  program,
  clerk,
}) => {
  await connect(page, program);
  await expect(page.getByRole("option").first()).toBeVisible();
  await clerk.setScene({ latency: 300e6 });
  await page.getByRole("combobox", { name: /Search for yourself/ }).focus();
  const before = (await clerk.searches()).length;
  await page.keyboard.type(operator.email, { delay: 5 });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("option", { selected: true })).toHaveCount(1);
  await expect(page.getByRole("option", { selected: true })).toContainText(operator.email);
  expect((await clerk.searches()).length - before, "requests").toBeLessThanOrEqual(3);
  await page.getByRole("button", { name: `Continue as ${operator.name} (unverified)` }).click();
  await expect(page.getByRole("button", { name: `You are ${operator.name}, unverified` })).toBeVisible();
});
