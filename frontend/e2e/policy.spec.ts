/** Tests of the policy that an administrator deploys for all who use a computer. */
import type { Locator, Page } from "@playwright/test";
import { askToImpersonate, customer, expect, openUsers, submit, test } from "./test";

const actorTokens = ["POST", "/v1/actor_tokens"] as const;

async function openFindings(page: Page, user: typeof customer): Promise<Locator> {
  await page.getByRole("searchbox", { name: "Search users" }).fill(user.email);
  await expect(page.getByRole("rowheader")).toHaveCount(1);
  await page.getByRole("row", { name: user.name }).click();
  return page.getByRole("list", { name: "Before you impersonate" });
}

/** Neither the button nor its key opens the dialog. */
async function expectNoWay(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: "Impersonate…" });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await button.click({ force: true });
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

test.describe("with a role that needs more than a reason", () => {
  test.use({
    policy: JSON.stringify({
      version: 1,
      rules: { protected: { roles: ["org:admin"], roles_effect: "ask" } },
    }),
  });

  test("says so beforehand, asks why it must be this account, and keeps it", async ({
    page,
    program,
    clerk,
  }) => {
    await openUsers(page, program);
    await askToImpersonate(page);
    const dialog = page.getByRole("dialog");
    const list = dialog.getByRole("list", { name: "Before you impersonate" });
    await expect(list.getByText("Admin of Fjordbank")).toBeVisible();

    await submit(page);
    const why = dialog.getByRole("textbox", { name: "Why this protected user?" });
    await expect(why).toBeFocused();
    expect(await clerk.countRequests(...actorTokens), "nothing was asked of Clerk").toBe(0);
    await why.fill("Only admins see the import log");
    await submit(page);
    await expect.poll(() => program.opened()).toHaveLength(1);

    await page.getByRole("button", { name: "History", exact: true }).click();
    await page.getByRole("row", { name: /Invoices page is empty/ }).click();
    await expect(page.getByRole("heading", { name: "Why this protected user" })).toBeVisible();
    await expect(page.getByText("Only admins see the import log")).toBeVisible();
  });
});

test.describe("with a domain that is refused", () => {
  test.use({
    policy: JSON.stringify({
      version: 1,
      rules: {
        protected: { domains: ["fjordbank.example"], domains_effect: "refuse" },
        longest_session_minutes: 10,
      },
    }),
  });

  test("refuses, and cannot be changed in the window", async ({ page, program, clerk }) => {
    await openUsers(page, program);
    const list = await openFindings(page, customer);
    await expect(list.getByText("Has an address at fjordbank.example")).toBeVisible();
    await expectNoWay(page);
    expect(await clerk.countRequests(...actorTokens)).toBe(0);
    expect(await program.opened()).toEqual([]);

    await program.menu("settings");
    await page.getByRole("button", { name: "Rules" }).click();
    await expect(page.getByText("Managed by your organization")).toHaveCount(2);
    await expect(page.getByText("fjordbank.example · Refuse")).toBeVisible();
    await expect(page.getByRole("combobox", { name: "Longest session" })).toHaveCount(0);
  });
});

test.describe("with a role in the metadata and a domain above the user's", () => {
  test.use({
    policy: JSON.stringify({
      version: 1,
      rules: {
        protected: {
          domains: ["zhang-labs.example"],
          domains_effect: "refuse",
          metadata: { role: ["admin", "owner"] },
          metadata_effect: "refuse",
        },
      },
    }),
  });

  test("refuses, names both, and shows them in Settings", async ({ page, program, clerk }) => {
    await openUsers(page, program);
    const list = await openFindings(page, { name: "Wei Zhang", email: "wei.zhang@lumenhq.example" });
    await expect(list.getByText("Has a protected role in the metadata")).toBeVisible();
    await expect(list.getByText("Has an address at mail.zhang-labs.example")).toBeVisible();
    await expectNoWay(page);
    expect(await clerk.countRequests(...actorTokens)).toBe(0);

    await program.menu("settings");
    await page.getByRole("button", { name: "Rules" }).click();
    await expect(page.getByText("Managed by your organization")).toHaveCount(2);
    await expect(page.getByText("role=admin, role=owner · Refuse")).toBeVisible();
    await expect(page.getByRole("textbox", { name: "Metadata" })).toHaveCount(0);
  });
});

test.describe("that is broken", () => {
  test.use({ policy: '{\n  "version": 1,\n  "rools": {}\n}' });

  test("starts no further than to say where", async ({ page }) => {
    await expect(page.getByRole("alert")).toContainText(
      /policy\.json, cannot be used: line 3, column 3: there is no setting "rools" here\./,
    );
    await expect(page.getByRole("button", { name: "Paste secret key" })).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Explore the sample workspace" })).toHaveCount(0);
  });
});
