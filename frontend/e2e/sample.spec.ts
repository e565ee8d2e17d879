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

test("the sample workspace is one click from the first screen", async ({ page }) => {
  await page.getByRole("button", { name: "Explore the sample workspace" }).click();
  await expect(page.getByRole("grid", { name: "Users" })).toBeVisible();
  await expect(page.getByText("Sample workspace").first()).toBeVisible();
});
