/** Tests of the requests that a search costs: every instance at Clerk has a limit on them. */
import { customer, expect, openUsers, test } from "./test";

test("a word that is typed is asked for once, and what is gone again not at all", async ({
  page,
  program,
  clerk,
}) => {
  await openUsers(page, program);
  const grid = page.getByRole("grid", { name: "Users" });
  await expect(grid).toHaveAttribute("aria-busy", "false");
  const before = await clerk.searches();

  await page.getByRole("searchbox", { name: "Search users" }).focus();
  // At once: between two keys of a test on a busy machine typing may come to rest.
  await page.evaluate(() => {
    for (const letter of "solheim") document.execCommand("insertText", false, letter);
  });
  await expect(grid.getByRole("rowheader", { name: customer.name })).toBeVisible();
  await page.evaluate(() => {
    document.execCommand("insertText", false, "s");
    document.execCommand("delete");
  });
  await page.waitForTimeout(500);
  expect((await clerk.searches()).slice(before.length)).toEqual(["solheim"]);
});
