/** The history can be narrowed to a user, an address and days. */
import { askToImpersonate, customer, expect, openUsers, operator, submit, test } from "./test";

const priya = { name: "Priya Raman", email: "priya.raman@meridianhealth.example" };

test("the history of one user is found from the panel, by an address and by days", async ({
  page,
  program,
}) => {
  await openUsers(page, program);
  for (const [before, user] of [customer, priya].entries()) {
    await askToImpersonate(page, user);
    await submit(page);
    await expect.poll(() => program.opened()).toHaveLength(before + 1);
  }
  await page.getByRole("button", { name: "History", exact: true }).click();
  const history = page.getByRole("region", { name: "History" });
  const rows = history.getByRole("rowheader", { name: /Solheim|Raman/ });
  await expect(rows).toHaveCount(2);
  await expect(history.getByRole("gridcell", { name: operator.name })).toHaveCount(2);

  const box = history.getByRole("searchbox", { name: "Search history" });
  await box.fill(priya.email);
  await expect(rows).toHaveText([/Priya Raman/]);
  await box.fill("nobody@nowhere.example");
  await expect(history.getByText(/^No user has this email address/)).toBeVisible();
  await box.fill("");
  await expect(rows).toHaveCount(2);

  await history.getByLabel("To", { exact: true }).fill("2020-01-31");
  await expect(history.getByText("No impersonations match these filters")).toBeVisible();
  await history.getByLabel("To", { exact: true }).fill("");
  await history.getByLabel("From", { exact: true }).fill("2020-01-31");
  await expect(rows).toHaveCount(2);

  await page.getByRole("button", { name: "Users", exact: true }).click();
  await page.getByRole("button", { name: "All history" }).click();
  await expect(rows).toHaveText([/Priya Raman/]);
  await history.getByRole("button", { name: "Remove the filter User" }).click();
  await expect(rows).toHaveCount(2);
});
