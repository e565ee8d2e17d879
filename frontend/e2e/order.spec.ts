/** What the table shows in another order than that of creation. */
import { expect, test } from "./test";

test("who never signed in is last in the order of the last sign-in, both ways", async ({ page }) => {
  await page.getByRole("button", { name: "Explore the sample workspace" }).click();
  const grid = page.getByRole("grid", { name: "Users" });
  await expect(grid).toHaveAttribute("aria-rowcount", "2501");
  const header = page.getByRole("columnheader", { name: "Last sign-in" });
  for (const direction of ["descending", "ascending"]) {
    await header.getByRole("button").click();
    await expect(header).toHaveAttribute("aria-sort", direction);
    await expect(grid).toHaveAttribute("aria-busy", "false");
    await expect(grid).toHaveAttribute("aria-rowcount", "2501");
    await expect(grid.locator('[aria-rowindex="2"]')).not.toContainText("Never");
    await grid.focus();
    await page.keyboard.press("End");
    await expect(grid.locator('[aria-rowindex="2501"]')).toContainText("Never");
    await expect(grid).toHaveAttribute("aria-rowcount", "2501");
    await page.keyboard.press("Home");
  }
});
