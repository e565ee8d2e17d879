/** The operator proves who they are: the real flow, in a real browser. */
import type { BrowserContext, Page } from "@playwright/test";
import type { Program } from "./program";
import { askToImpersonate, customer, expect, openUsers, operator, submit, test } from "./test";

/** Has the application created and the browser opened. Returns the page that it is sent to. */
async function openSignIn(page: Page, program: Program): Promise<string> {
  await page.getByRole("button", { name: /^You are/ }).click();
  await page.getByRole("menuitem", { name: /^Sign in/ }).click();
  await page.getByRole("button", { name: "Create it at Clerk" }).click();
  await page.getByRole("button", { name: "Open the browser" }).click();
  return await program.handedOver();
}

/** Does the operator's part in the system's browser: opens the address, and says who they are. */
async function signInAs(context: BrowserContext, address: string, name: string): Promise<Page> {
  const clerks = await context.newPage();
  await clerks.goto(address);
  await clerks.getByRole("button", { name }).click();
  await expect(clerks.getByRole("heading", { name: "Clerk has answered" })).toBeVisible();
  return clerks;
}

test("sign in with Clerk, and every record says so", async ({ page, program, clerk, context }) => {
  await openUsers(page, program);
  const address = await openSignIn(page, program);
  const asked = new URL(address);
  expect(asked.origin + asked.pathname).toBe(`${new URL(clerk.apiURL).origin}/oauth/authorize`);
  expect(asked.searchParams.get("code_challenge_method")).toBe("S256");

  const clerks = await signInAs(context, address, operator.name);
  await expect(page.getByRole("button", { name: `You are ${operator.name}, verified` })).toBeVisible();
  expect(await clerk.countRequests("POST", "/v1/oauth_applications")).toBe(1);
  await expect(async () => {
    const again = await fetch(clerks.url()).catch(() => undefined);
    expect(again?.ok ?? false, "the answer is taken once").toBe(false);
  }).toPass();

  await askToImpersonate(page);
  await submit(page);
  await expect.poll(() => program.opened()).toHaveLength(2);
  await page.getByRole("button", { name: "History", exact: true }).click();
  const history = page.getByRole("region", { name: "History" });
  await history.getByText("Invoices page is empty").first().click();
  await expect(history.getByText("Verified", { exact: true }).first()).toBeVisible();
  await expect(history.getByText("Unverified", { exact: true })).toHaveCount(0);
});

test("without a browser the link to the sign-in page can be copied", async ({ page, program, context }) => {
  await openUsers(page, program);
  await page.getByRole("button", { name: /^You are/ }).click();
  await page.getByRole("menuitem", { name: /^Sign in/ }).click();
  await page.getByRole("button", { name: "Create it at Clerk" }).click();
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByRole("dialog", { name: "Waiting for you to sign in" })).toBeVisible();
  await expect.poll(() => program.clipboard()).toContain("/oauth/authorize?");
  await signInAs(context, await program.clipboard(), operator.name);
  await expect(page.getByRole("button", { name: `You are ${operator.name}, verified` })).toBeVisible();
  await expect.poll(() => program.clipboard(), "the link is gone from the clipboard").toBe("");
  expect(await program.opened(), "no program was started with it").toEqual([]);
});

test("the user who signs in becomes the operator, not the one who was picked", async ({
  page,
  program,
  context,
}) => {
  await openUsers(page, program);
  const address = await openSignIn(page, program);
  await signInAs(context, address, "Jonas Weber");
  await expect(page.getByRole("dialog", { name: /You are signed in as .*Jonas Weber/ })).toBeVisible();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("button", { name: "You are Jonas Weber, verified" })).toBeVisible();
});

test("a sign-in that is cancelled leaves nobody listening", async ({ page, program }) => {
  await openUsers(page, program);
  const address = await openSignIn(page, program);
  const asked = new URL(address).searchParams;
  const callback = new URL(asked.get("redirect_uri") ?? "");
  await page.getByRole("button", { name: /^Cancel/ }).click();
  await expect(page.getByRole("button", { name: "Open the browser" })).toBeVisible();
  callback.searchParams.set("state", asked.get("state") ?? "");
  callback.searchParams.set("code", "late");
  await expect(async () => {
    const late = await fetch(callback).catch(() => undefined);
    expect(late?.ok ?? false).toBe(false);
  }).toPass();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: `You are ${operator.name}, unverified` })).toBeVisible();
});

test("the sample workspace shows the whole of it", async ({ page, program, context }) => {
  await page.getByRole("button", { name: "Explore the sample workspace" }).click();
  await expect(page.getByRole("row", { name: customer.name })).toBeVisible();
  const address = await openSignIn(page, program);
  await signInAs(context, address, operator.name);
  await expect(page.getByRole("button", { name: `You are ${operator.name}, verified` })).toBeVisible();
});
