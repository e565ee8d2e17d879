/** Takes a picture of every screen, light and dark, in a small, a usual and a large window. */
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { setting } from "./processes";
import { askToImpersonate, connect, customer, expect, openUsers, pasteKey, submit, test } from "./test";

const windows = [
  { width: 800, height: 600 },
  { width: 1280, height: 800 },
  { width: 2560, height: 1440 },
];
const looks = windows.flatMap((viewport) => [
  { viewport, colorScheme: "light" as const },
  { viewport, colorScheme: "dark" as const },
]);

for (const { viewport, colorScheme } of looks) {
  const of = `${viewport.width}-${colorScheme}`;
  const picture = (page: Page, name: string) =>
    page.screenshot({ path: join(setting("UNDERSTUDY_SCREENSHOTS"), `${name}-${of}.png`) });

  const openPanel = async (page: Page) => {
    await page.getByRole("row", { name: customer.name }).click();
    await expect(page.getByRole("heading", { name: "Email addresses" })).toBeVisible();
  };

  test.describe(of, () => {
    test.use({ viewport, colorScheme });

    test("connecting", async ({ page, program }) => {
      await expect(page.getByRole("button", { name: "Paste secret key" })).toBeVisible();
      await picture(page, "connect");
      await program.copy("pk_test_Y2xlcmsuZXhhbXBsZSQ");
      await page.getByRole("button", { name: "Paste secret key" }).click();
      await expect(page.getByRole("alert")).toBeVisible();
      await picture(page, "connect-error");
      await pasteKey(page, program);
      await picture(page, "keychain-absent");
      await connect(page, program);
      await picture(page, "identity");
    });

    test("working", async ({ page, program }) => {
      await openUsers(page, program);
      await expect(page.getByText(customer.email)).toBeVisible();
      await picture(page, "users");
      await openPanel(page);
      await picture(page, "user");
      await program.menu("palette");
      await picture(page, "palette");
      await page.keyboard.press("Escape");
      await askToImpersonate(page);
      await picture(page, "dialog");
      await submit(page);
      await program.handedOver();
      await expect(page.getByText(`Browser opened for ${customer.name}`)).toBeVisible();
      await picture(page, "opened");
      for (const user of [
        { name: "Wei Zhang", email: "wei.zhang@lumenhq.example" },
        { name: "Noor Haddad", email: "noor.haddad@northwind.example" },
      ]) {
        await askToImpersonate(page, user);
        await submit(page);
      }
      await expect(page.getByText("3 impersonations")).toBeVisible();
      await picture(page, "message-several");
      await program.breakBrowser();
      await askToImpersonate(page, { name: "Priya Raman", email: "priya.raman@meridianhealth.example" });
      await submit(page);
      await page.getByRole("button", { name: /^Choose…/ }).click();
      await picture(page, "message-not-opened");
      for (const section of ["live", "history", "settings"]) {
        await program.menu(section);
        await picture(page, section);
      }
      await program.menu("users");
      await page.getByRole("searchbox", { name: "Search users" }).fill("nobody by that name");
      await expect(page.getByText(/no users?|nobody/i).first()).toBeVisible();
      await picture(page, "empty-search");
    });

    test("signing in", async ({ page, program }) => {
      await openUsers(page, program);
      await program.menu("signIn");
      await expect(page.getByRole("button", { name: "Create it at Clerk" })).toBeVisible();
      await picture(page, "sign-in-set-up");
      await page.getByRole("button", { name: "Create it at Clerk" }).click();
      await expect(page.getByRole("button", { name: "Open the browser" })).toBeVisible();
      await picture(page, "sign-in");
    });

    test("rate limited", async ({ page, program, clerk }) => {
      await openUsers(page, program);
      await expect(page.getByText(customer.email)).toBeVisible();
      await clerk.breakAnswers({
        kind: "error",
        path: "/v1/users",
        status: 429,
        code: "too_many_requests",
        retry_after: "9",
      });
      await program.menu("refresh");
      await expect(page.getByText(/Too many requests/).first()).toBeVisible();
      await picture(page, "rate-limited");
    });

    test.describe("sample", () => {
      test.use({ programArgs: ["--sample"] });
      test("the sample workspace and its page", async ({ page, program, context }) => {
        await openPanel(page);
        await picture(page, "sample");
        await askToImpersonate(page);
        await submit(page);
        await expect.poll(() => program.opened()).toHaveLength(1);
        const [address] = await program.opened();
        const customersApp = await context.newPage();
        await customersApp.goto(address ?? "");
        await picture(customersApp, "sample-app");
      });
    });
  });
}
