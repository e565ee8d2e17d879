/** Keyboards that type no Latin letters, or no digits, and input methods. */
import type { Locator } from "@playwright/test";
import { connect, customer, expect, identify, operator, test } from "./test";

interface Press {
  key: string;
  code: string;
  ctrlKey?: boolean;
  isComposing?: boolean;
  keyCode?: number;
}

/** Presses a key as another keyboard than that of the test does. */
const press = (where: Locator, init: Press) =>
  where.dispatchEvent("keydown", { ...init, bubbles: true, cancelable: true });

/** Enter and Escape as an input method takes them, in each of the ways that engines tell it. */
async function pressInComposition(where: Locator): Promise<void> {
  for (const key of ["Enter", "Escape"]) {
    await press(where, { key, code: key, isComposing: true });
    await press(where, { key, code: key, keyCode: 229 });
    await press(where, { key, code: key, ctrlKey: true, keyCode: 229 });
  }
}

test("keys go by their place on other keyboards, and those of an input method do nothing", async ({
  page,
  program,
}) => {
  await connect(page, program);
  const who = page.getByRole("combobox", { name: /Search for yourself/ });
  await who.fill(operator.email);
  await expect(page.getByRole("option")).toContainText([operator.email]);
  await pressInComposition(who);
  await expect(page.getByRole("option", { selected: true })).toHaveCount(0);
  await expect(who).toHaveValue(operator.email);
  await identify(page);

  const box = page.getByRole("searchbox", { name: "Search users" });
  await box.fill(customer.email);
  await expect(page.getByRole("rowheader")).toHaveCount(1);
  await pressInComposition(box);
  await expect(box).toBeFocused();
  await expect(box).toHaveValue(customer.email);
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await box.press("Enter");
  const grid = page.getByRole("grid", { name: "Users" });
  await expect(grid).toBeFocused();
  await press(grid, { key: "с", code: "KeyC", ctrlKey: true });
  await expect.poll(() => program.clipboard()).toBe(customer.email);

  await press(grid, { key: "л", code: "KeyK", ctrlKey: true });
  const commands = page.getByRole("combobox", { name: "Commands" });
  await commands.fill(">history");
  await pressInComposition(commands);
  await expect(commands).toBeVisible();
  await commands.press("Escape");
  await expect(commands).toHaveCount(0);

  await grid.press("Control+Enter");
  const reason = page.getByRole("textbox", { name: "Reason" });
  await reason.fill("請求書");
  await pressInComposition(reason);
  await expect(page.getByRole("dialog", { name: /^Impersonate/ })).toBeVisible();
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
  await reason.fill("");
  await page.keyboard.press("Escape");
  await expect(reason).toHaveCount(0);

  for (const [section, french, czech] of [
    ["Live", "é", "ě"],
    ["History", '"', "š"],
  ] as const) {
    for (const key of [french, czech]) {
      await page.keyboard.press("Control+1");
      await press(page.locator("body"), { key, code: `Digit${section === "Live" ? 2 : 3}`, ctrlKey: true });
      await expect(page.getByRole("button", { name: section, exact: true })).toHaveAttribute(
        "aria-current",
        "page",
      );
    }
  }
});
