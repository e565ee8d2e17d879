/** The report for those who look after Understudy, from the real program. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, key, openUsers, test } from "./test";

test("the saved file is the report that was shown, without key, name or search", async ({
  page,
  program,
}) => {
  await openUsers(page, program);
  await page.getByRole("searchbox", { name: "Search users" }).fill("ingrid");
  await expect(page.getByRole("row", { name: "Ingrid Solheim" })).toBeVisible();
  await program.menu("diagnostics");
  const dialog = page.getByRole("dialog", { name: "Save diagnostics" });
  const journal = dialog.getByRole("document", { name: "Journal" });
  await expect(journal).toContainText("ListUsers");
  await expect(journal).toContainText("GET /users");
  const shown = await journal.textContent();
  await program.chooseFile("");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  const saved = await readFile(join(program.folder, "chosen.env"), "utf8");
  expect(saved).toContain("\nComputer: good\nUnderstudy ");
  expect(saved.endsWith(`\nJournal: good\n${shown}`)).toBe(true);
  // The policy of a test is below its home. A deployed one is not, and its path names nobody.
  const withoutPolicy = saved.replaceAll(`${program.folder}/etc/policy.json`, "");
  expect(withoutPolicy).not.toMatch(new RegExp(`${key}|ingrid|maya|${program.folder}`, "i"));
});

test.describe("with a settings file that cannot be read", () => {
  test.use({ settings: '{"version": 1, "instances": [' });

  test("diagnostics can still be looked at", async ({ page, program }) => {
    await expect(page.getByRole("alert")).toContainText("The settings file is damaged");
    await program.menu("diagnostics");
    const dialog = page.getByRole("dialog", { name: "Save diagnostics" });
    await dialog.getByRole("tab", { name: /^Folders/ }).click();
    await expect(dialog.getByRole("document", { name: "Folders" })).toContainText("~/.config/understudy");
  });
});
