/** A refusal or an outage has a way on, and its notice clears itself when that is over. */
import { askToImpersonate, customer, expect, key, openUsers, submit, test } from "./test";

const otherKey = key.replace("E2eKey", "NewKey");

test("a refused key is replaced right there, and every refusal clears itself", async ({
  page,
  program,
  clerk,
}) => {
  await openUsers(page, program);
  const search = page.getByRole("searchbox", { name: "Search users" });
  const panel = page.getByRole("complementary", { name: "Details" });
  await expect(page.getByRole("row", { name: customer.name })).toBeVisible();

  await clerk.breakAnswers({ kind: "error", path: "/v1/", status: 401, code: "clerk_key_invalid" });
  await page.getByRole("row", { name: customer.name }).click();
  await expect(panel.getByText("did not accept this key")).toBeVisible();
  await search.fill("tomas");
  const rows = page.getByRole("region", { name: "Users" });
  await expect(rows.getByRole("alert")).toContainText("These rows are from the previous search.");
  await rows.getByRole("button", { name: "Replace key…" }).click();

  await clerk.mend();
  await program.copy(otherKey);
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /Paste/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("row", { name: "Tomás Ferreira" }).first()).toBeVisible();
  await expect(panel.getByRole("heading", { name: "Activity" })).toBeVisible();
  await expect(page.getByText("did not accept this key")).toHaveCount(0);
});

test("without a network it tries again by itself, and says when", async ({ page, program, clerk }) => {
  await openUsers(page, program);
  await clerk.breakAnswers({ kind: "reset-before", path: "/v1/" });
  await page.getByRole("searchbox", { name: "Search users" }).fill(customer.email);
  await expect(page.getByRole("alert")).toContainText("cannot be reached");
  await expect(page.getByRole("button", { name: /^Try again in 0:\d\d$/ })).toBeVisible();
  await clerk.mend();
  await expect(page.getByRole("row", { name: customer.name })).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
});

/** The bound methods that a page calls. */
interface Bound {
  go: { main: { App: { OpenBilling: () => Promise<void> } } };
}

test("a plan without impersonation leads to Billing at Clerk, and not from another server", async ({
  page,
  program,
  clerk,
}) => {
  await clerk.setScene({ plan_lacks_impersonation: true });
  await openUsers(page, program);
  await askToImpersonate(page);
  await submit(page);
  await expect(page.getByRole("dialog").getByRole("alert")).toBeVisible();
  await expect(page.getByRole("button", { name: "Open Billing" })).toHaveCount(0);
  await page.evaluate(() => (window as unknown as Bound).go.main.App.OpenBilling());
  await expect.poll(() => program.opened()).toEqual(["https://dashboard.clerk.com/settings/billing"]);
});
