import type { Page } from "@playwright/test";
import { customer, expect, key, openUsers, test } from "./test";

interface Bound {
  main: { App: Record<"ListUsers" | "ListLive" | "ListHistory", (...given: unknown[]) => Promise<unknown>> };
}

/** Returns the answer of Go to a call that the page could make by itself. */
function ask(page: Page, method: keyof Bound["main"]["App"], ...given: unknown[]) {
  return page.evaluate(
    ({ name, passed }) => {
      const { App } = (window as unknown as { go: Bound }).go.main;
      return App[name](...passed).then(
        () => "answered",
        (refused: unknown) => String(refused),
      );
    },
    { name: method, passed: given },
  );
}

const view = { query: "", sort: "created_at", descending: true, pinnedAt: 0 };
const request = { requestID: "", view, index: 0, afterID: "", beforeID: "", total: -1 };

test.describe("the sample workspace", () => {
  test.use({ programArgs: ["--sample"] });

  test("is locked by key, and unlocked where it was", async ({ page }) => {
    await page.getByRole("searchbox", { name: "Search users" }).fill(customer.email);
    await expect(page.getByRole("row", { name: customer.name })).toBeVisible();
    expect(await ask(page, "ListUsers", request)).toBe("answered");

    await page.keyboard.press("Control+l");
    const unlock = page.getByRole("button", { name: "Unlock" });
    await expect(unlock).toBeFocused();
    expect(await page.content()).not.toContain(customer.name);
    expect(await page.content()).not.toContain(customer.email);
    expect(await ask(page, "ListUsers", request)).toContain("locked");
    expect(await ask(page, "ListLive")).toContain("locked");
    expect(await ask(page, "ListHistory", "", { filter: {}, cursor: "", limit: 10 })).toContain("locked");

    await page.reload();
    await expect(unlock).toBeVisible();
    await unlock.press("Enter");
    await expect(page.getByRole("grid", { name: "Users" })).toBeVisible();
    await page.keyboard.press("Control+f");
    await page.getByRole("searchbox", { name: "Search users" }).fill(customer.email);
    await expect(page.getByRole("row", { name: customer.name })).toBeVisible();
    await page.keyboard.press("Control+l");
    await unlock.press("Enter");
    await expect(page.getByRole("searchbox", { name: "Search users" })).toHaveValue(customer.email);
    await expect(page.getByRole("row", { name: customer.name })).toBeVisible();
  });
});

test("a key in memory is lost with the lock, which says so before", async ({ page, program }) => {
  await openUsers(page, program);
  await page.keyboard.press("Control+l");
  await page.getByRole("alertdialog").getByRole("button", { name: "Lock" }).click();
  await program.copy(key);
  await page.getByRole("button", { name: "Paste secret key" }).click();
  await page.getByRole("button", { name: /until I quit/ }).click();
  // The operator is still known: nobody is asked again.
  await expect(page.getByRole("grid", { name: "Users" })).toBeVisible();
  expect(await program.clipboard()).toBe("");
});
