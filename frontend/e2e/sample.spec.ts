import { askToImpersonate, customer, expect, submit, test } from "./test";

test.describe("started with --sample", () => {
  test.use({ programArgs: ["--sample"] });

  test("the sample workspace works from end to end without an account", async ({
    page,
    program,
    context,
  }) => {
    await expect(page.getByText("Sample workspace").first()).toBeVisible();
    await askToImpersonate(page);
    await submit(page);
    await expect.poll(() => program.opened()).toHaveLength(1);
    const [address] = await program.opened();
    const customersApp = await context.newPage();
    await customersApp.goto(address ?? "");
    await expect(customersApp.getByText(customer.name).first()).toBeVisible();
  });
});

test("an organization of the sample workspace is found by its name", async ({ page }) => {
  await page.getByRole("button", { name: "Explore the sample workspace" }).click();
  await expect(page.getByRole("grid", { name: "Users" })).toBeVisible();
  const box = page.getByRole("searchbox", { name: "Search users" });
  await box.fill("org:merid");
  await expect(page.getByRole("option", { name: /^Meridian Health/ })).toBeVisible();
  await box.press("ArrowDown");
  await box.press("Enter");
  await expect(page.getByRole("list", { name: "Filters" })).toContainText("Organization meridian-health");
  await expect(page.getByText(/^\d+ of 2,500$/)).toBeVisible();
});

test("the sample workspace is one click from the first screen", async ({ page }) => {
  await page.getByRole("button", { name: "Explore the sample workspace" }).click();
  await expect(page.getByRole("grid", { name: "Users" })).toBeVisible();
  await expect(page.getByText("Sample workspace").first()).toBeVisible();
});
