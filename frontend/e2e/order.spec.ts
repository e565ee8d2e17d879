/** Tests of the table in another order than that of creation. */
import { expect, test } from "./test";

test("users who never signed in are last in the order of the last sign-in, both ways", async ({ page }) => {
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

test("a click anywhere in a header sorts by name and by address, and picks nobody", async ({ page }) => {
  await page.getByRole("button", { name: "Explore the sample workspace" }).click();
  const grid = page.getByRole("grid", { name: "Users" });
  await expect(grid.getByRole("row", { name: /Noor Haddad/ })).toBeVisible();
  /** The first rows: first names, which several people share, or addresses. */
  const firstOf = (what: string) =>
    Promise.all(
      [2, 3, 4, 5, 6, 7].map(async (place) => {
        const text = await grid.locator(`[aria-rowindex="${place}"] ${what}`).innerText();
        return text.toLowerCase().split(" ")[0] ?? "";
      }),
    );
  for (const [name, what] of [
    ["Name", "bdi"],
    ["Email", '[aria-colindex="2"]'],
  ] as const) {
    const header = page.getByRole("columnheader", { name });
    const { width = 0, height = 0 } = (await header.boundingBox()) ?? {};
    const corners = [
      [3, 3],
      [width - 12, height - 3],
    ] as const;
    let first = "";
    for (const [i, [x, y]] of corners.entries()) {
      await header.click({ position: { x, y } });
      const direction = i === 0 ? "ascending" : "descending";
      await expect(header).toHaveAttribute("aria-sort", direction);
      await expect(grid).toHaveAttribute("aria-busy", "false");
      const shown = await firstOf(what);
      // The other way, names begin with characters that nobody sees.
      if (i === 0) expect(shown).toEqual(shown.toSorted((a, b) => (a < b ? -1 : 1)));
      expect(shown[0]).not.toBe(first);
      first = shown[0] ?? "";
    }
  }
  await expect(page.getByRole("complementary", { name: "Details" })).toHaveCount(0);
  await expect(grid).not.toHaveAttribute("aria-activedescendant");
  // By the keyboard: up from the first row is the column that the rows are sorted by.
  await grid.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowUp");
  const email = page.getByRole("columnheader", { name: "Email" });
  await expect(grid).toHaveAttribute("aria-activedescendant", (await email.getAttribute("id")) ?? "");
  await page.keyboard.press("Enter");
  await expect(email).toHaveAttribute("aria-sort", "ascending");
});
