/** axe on every screen, light and dark, at the usual size and twice as large. */
import { expectAccessible } from "./axe";
import { askToImpersonate, connect, expect, identify, test, zoomTo } from "./test";

for (const { colorScheme, zoom } of [
  { colorScheme: "light", zoom: 100 },
  { colorScheme: "light", zoom: 200 },
  { colorScheme: "dark", zoom: 100 },
  { colorScheme: "dark", zoom: 200 },
] as const) {
  test(`axe finds nothing on any screen (${colorScheme}, ${zoom} %)`, async ({ page, program }) => {
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
