/** axe on every screen, light and dark, at the usual size and twice as large. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { askToImpersonate, connect, expect, identify, test, zoomTo } from "./test";

async function expectAccessible(page: Page, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const serious = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
  expect(serious, screen).toEqual([]);
}

for (const { colorScheme, zoom } of [
  { colorScheme: "light", zoom: 100 },
  { colorScheme: "light", zoom: 200 },
  { colorScheme: "dark", zoom: 100 },
  { colorScheme: "dark", zoom: 200 },
] as const) {
  test(`axe finds nothing serious on any screen (${colorScheme}, ${zoom} %)`, async ({ page, program }) => {
    test.slow(); // axe computes for seconds on each of the screens
    await page.emulateMedia({ colorScheme });
    await expect(page.getByRole("button", { name: "Paste secret key" })).toBeVisible();
    await zoomTo(page, zoom);
    await expectAccessible(page, "first screen");

    await program.copy("hello");
    await page.getByRole("button", { name: "Paste secret key" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await expectAccessible(page, "a wrong paste");

    await connect(page, program);
    await expectAccessible(page, "identity");
    await identify(page);
    await expectAccessible(page, "users");

    await askToImpersonate(page);
    await expectAccessible(page, "dialog");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Discard" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);

    for (const section of ["Live", "History", "Settings"]) {
      await program.menu(section.toLowerCase());
      await expect(page.getByRole("region", { name: section, exact: true })).toBeVisible();
      await expectAccessible(page, section);
    }
  });
}
