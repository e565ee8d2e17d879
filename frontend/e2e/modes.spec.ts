/** View only and allow changes, as they are chosen in the dialog, against the real program. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { askToImpersonate, customer, expect, openUsers, submit, test } from "./test";

test("changes are allowed by keyboard and with a reason, which is on record", async ({ page, program }) => {
  await openUsers(page, program);
  await askToImpersonate(page);
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(/default browser.* can't hold back changes\.$/)).toBeVisible();

  await dialog.getByRole("radio", { name: /^Chromium/ }).check();
  await dialog.getByRole("radio", { name: /^View only/ }).check();
  const why = dialog.getByRole("textbox", { name: /^Why you need to change something/ });
  await expect(why).toHaveCount(0);
  await page.keyboard.press("ArrowRight");
  await expect(why).toBeFocused();
  await page.keyboard.type("Resend the invitation");
  await page.keyboard.press("Shift+Tab");
  await expect(dialog.getByRole("radio", { name: /^Allow changes/ })).toBeFocused();

  await dialog.getByRole("radio", { name: /default browser/ }).check();
  await expect(why).toHaveValue("Resend the invitation");
  await submit(page);
  await expect.poll(() => program.opened()).toHaveLength(1);
  const log = join(program.folder, ".local/share/understudy/audit");
  const files = (await readdir(log)).filter((name) => name.endsWith(".jsonl"));
  const texts = await Promise.all(files.map((name) => readFile(join(log, name), "utf8")));
  const allowed = texts
    .join("")
    .split("\n")
    .find((line) => line.includes('"changes_allowed"'));
  expect(allowed).toContain('"reason":"Resend the invitation"');
});

test("a page of another app is refused by Go at its field, and everything typed stays", async ({
  page,
  program,
}) => {
  await openUsers(page, program);
  await askToImpersonate(page);
  const place = page.getByRole("textbox", { name: /^Open at/ });
  await place.fill("/settings\\approvals");
  await submit(page);
  await expect(place).toBeFocused();
  await expect(page.getByRole("alert")).toHaveText("Open at takes a path of the app, like /settings.");
  await expect(page.getByRole("textbox", { name: "Reason" })).toHaveValue("Invoices page is empty");
});

test.describe("with changes forbidden by policy", () => {
  test.use({ policy: JSON.stringify({ version: 1, rules: { changes: { allow: "never" } } }) });

  test("that is text with a lock, and browsers that can't hold them back are not listed", async ({
    page,
    program,
  }) => {
    await openUsers(page, program);
    await page.getByRole("searchbox", { name: "Search users" }).fill(customer.email);
    await page.getByRole("row", { name: customer.name }).click();
    await page.getByRole("button", { name: "Impersonate…" }).click();
    const dialog = page.getByRole("dialog");
    const what = dialog.getByRole("group", { name: "What you can do" });
    await expect(what).toContainText("Your organization doesn't allow changes.");
    await expect(what.getByRole("radio")).toHaveCount(0);
    const offered = dialog.getByRole("group", { name: "Open in" });
    await expect(offered.getByRole("radio", { name: /Chromium/ })).toBeChecked();
    await expect(offered.getByRole("radio", { name: /default browser|Copy link/ })).toHaveCount(0);
    const left = dialog.getByRole("list", { name: "Browsers that can't be used" });
    await expect(left).toContainText(
      /^Your default browser.* can't hold back changes, so .* offered here\.$/,
    );
  });
});
