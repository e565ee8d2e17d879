/** At 800 × 600 and 200 %: the zoom works on every screen, and every button can be brought into sight. */
import type { Page } from "@playwright/test";
import { customer, expect, key, operator, test, zoomTo } from "./test";

test.use({ viewport: { width: 800, height: 600 } });

/** Fails for a button that cannot be scrolled into the window in whole, or that something covers. */
async function expectInReach(page: Page, screen: string): Promise<void> {
  const lost = await page.evaluate(() => {
    const open = document.querySelector("[role=dialog][tabindex], [role=alertdialog]") ?? document;
    return [...open.querySelectorAll<HTMLElement>("button, [role=radio], input, textarea")]
      .filter((element) => element.checkVisibility() && element.closest("[aria-hidden=true]") === null)
      .filter((element) => {
        element.scrollIntoView({ block: "center", inline: "nearest" });
        const { left, right, top, bottom } = element.getBoundingClientRect();
        if (right - left <= 1) return false;
        const found = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        const isFree = found !== null && (element.contains(found) || found.contains(element));
        return left < -1 || right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1 || !isFree;
      })
      .map((element) => element.getAttribute("aria-label") ?? element.textContent);
  });
  expect(lost, screen).toEqual([]);
}

test("from the first screen to the lock", async ({ page, program }) => {
  await expect(page.getByRole("button", { name: "Paste secret key" })).toBeFocused();
  await zoomTo(page, 200);
  await expectInReach(page, "connect");
  await page.keyboard.press("F1");
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectInReach(page, "help");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await program.copy(key);
  await page.getByRole("button", { name: "Paste secret key" }).click();
  await expect(page.getByRole("button", { name: /until I quit/ })).toBeVisible();
  await expectInReach(page, "no keychain");
  await page.getByRole("button", { name: /until I quit/ }).click();
  const box = page.getByRole("combobox", { name: /Search for yourself/ });
  await expect(box).toBeFocused();
  await page.keyboard.press("Control+-");
  await expect(page.locator("html")).toHaveAttribute("style", /190%/);
  await page.keyboard.press("Control+=");
  await box.fill(operator.email);
  await expect(page.getByRole("option")).toContainText([operator.email]);
  await expect(page.getByRole("status").filter({ hasText: "1 found" })).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: /Maya Lindqvist.? selected/ })).toHaveCount(1);
  await expectInReach(page, "identity");
  await page.getByRole("button", { name: /^Continue as/ }).click();

  const search = page.getByRole("searchbox", { name: "Search users" });
  await search.fill(customer.email);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Impersonate…" })).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("textbox", { name: "Reason" })).toBeFocused();
  await expectInReach(page, "impersonate");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Commands" })).toBeFocused();
  await expectInReach(page, "commands");
  await page.keyboard.press("Escape");
  for (const [digit, section] of [
    ["1", "Users"],
    ["2", "Live"],
    ["3", "History"],
    ["4", "Settings"],
  ] as const) {
    await page.keyboard.press(`Control+${digit}`);
    await expect(page.getByRole("button", { name: section, exact: true })).toHaveAttribute(
      "aria-current",
      "page",
    );
    await expectInReach(page, section);
  }

  await page.keyboard.press("Control+l");
  await page.getByRole("alertdialog").getByRole("button", { name: "Lock" }).click();
  await expect(page.getByRole("button", { name: "Paste secret key" })).toBeFocused();
  await page.keyboard.press("Control+-");
  await expect(page.locator("html")).toHaveAttribute("style", /190%/);
  await expectInReach(page, "lock");
});

test.describe("with a damaged settings file", () => {
  test.use({ settings: '{"version": 1, "instances": [' });

  test("the zoom counts in this window, though it cannot be kept", async ({ page }) => {
    await expect(page.getByRole("alert")).toContainText("The settings file is damaged");
    await zoomTo(page, 200);
    await expectInReach(page, "start problem");
  });
});
