/** The corner of the window tells of impersonations, and leaves when there is nothing to decide. */
import type { Page } from "@playwright/test";
import { askToImpersonate, customer, expect, openUsers, submit, test } from "./test";

const others = [
  customer,
  { name: "Wei Zhang", email: "wei.zhang@lumenhq.example" },
  { name: "Noor Haddad", email: "noor.haddad@northwind.example" },
];
const messages = (page: Page) => page.getByRole("region", { name: "Messages" });

test("messages of what runs become one, stay out of the way, and leave", async ({ page, program }) => {
  await openUsers(page, program);
  const links: string[] = [];
  for (const [index, user] of others.entries()) {
    await askToImpersonate(page, user);
    await submit(page);
    links.push(await program.handedOver(index));
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  await expect(messages(page).getByText("3 impersonations")).toBeVisible();
  expect(await messages(page).evaluate((region) => region.contains(document.activeElement))).toBe(false);

  const box = await messages(page).getByRole("group").boundingBox();
  const bar = await page.getByRole("contentinfo").boundingBox();
  expect(box?.height).toBeLessThan(800 * 0.4);
  expect((box?.y ?? 0) + (box?.height ?? 0), "the bar below is in reach").toBeLessThanOrEqual(bar?.y ?? 0);

  const panes = new Set<string>();
  for (let press = 0; press < 8; press += 1) {
    await page.keyboard.press("F6");
    panes.add(
      await page.evaluate(() => {
        const pane = document.activeElement?.closest("[data-pane]");
        return pane ? `${pane.tagName} ${pane.getAttribute("aria-label") ?? ""}` : "lost";
      }),
    );
  }
  expect(panes).toContain("SECTION Messages");
  expect(panes.size).toBeGreaterThan(2);
  expect(panes).not.toContain("lost");
  await page.getByRole("searchbox", { name: "Search users" }).focus();

  for (const link of links) expect((await fetch(link)).ok).toBe(true);
  await expect(messages(page).getByText("Signed in as 3 users")).toBeVisible();
  await messages(page).getByRole("group").hover();
  await expect(messages(page).getByRole("listitem")).toHaveCount(3);
  await page.mouse.move(400, 10);
  await expect(messages(page).getByRole("group")).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^End impersonation of/ }).first()).toBeVisible();
});

test("a link that no browser took goes elsewhere, and is made anew when it expired", async ({
  page,
  program,
  clerk,
}) => {
  await page.clock.install();
  await openUsers(page, program);
  await program.breakBrowser();
  await askToImpersonate(page);
  await submit(page);
  const card = messages(page).getByRole("group", { name: `did not open for ${customer.name}` });
  await expect(card).toBeVisible();
  await card.getByText("Copy link").click();
  await card.getByRole("button", { name: "Copy link" }).click();
  await expect(messages(page).getByText(`Link copied for ${customer.name}`)).toBeVisible();
  expect(await program.clipboard()).toContain("/v1/tickets/accept?ticket=");
  await messages(page).getByRole("button", { name: "Cancel link" }).click();
  await expect(messages(page).getByText(`Impersonation of ${customer.name} ended`)).toBeVisible();
  expect(await program.clipboard(), "the link is gone from the clipboard").toBe("");
  await messages(page).getByRole("button", { name: "Close" }).click();

  await askToImpersonate(page);
  await submit(page);
  await expect(card).toBeVisible();
  await program.mendBrowser();
  await card.getByText("Try once more").click();
  await card.getByRole("button", { name: "Try again" }).click();
  const link = await program.handedOver();
  await expect(messages(page).getByText(`Browser opened for ${customer.name}`)).toBeVisible();
  expect(await clerk.countRequests("POST", "/v1/actor_tokens"), "on the same token").toBe(2);
  expect((await fetch(link)).ok).toBe(true);
  await expect(messages(page).getByText(`Signed in as ${customer.name}`)).toBeVisible();

  await program.breakBrowser();
  await askToImpersonate(page, others[1]);
  await page.getByRole("textbox", { name: "Reason" }).fill("Cannot add an approver");
  await expect(page.getByText(`${customer.name} is signed in there already`)).toBeVisible();
  await submit(page);
  const endFirst = page.getByRole("button", { name: `End ${customer.name} and impersonate` });
  await expect(endFirst).toBeFocused();
  expect(await clerk.countRequests("POST", "/v1/actor_tokens"), "Clerk is not asked").toBe(2);
  await endFirst.click();
  await expect(messages(page).getByText("did not open for Wei Zhang")).toBeVisible();
  expect((await clerk.sessions()).map(({ status }) => status)).toEqual(["revoked"]);
  await page.clock.fastForward(61_000);
  await expect(messages(page).getByText("The link expired unused")).toBeVisible();
  await messages(page).getByRole("button", { name: "Impersonate again" }).click();
  const again = page.getByRole("dialog", { name: "Impersonate Wei Zhang" });
  await expect(again.getByRole("textbox", { name: "Reason" })).toHaveValue("Cannot add an approver");
  await expect(again.getByRole("radio", { name: /default browser/ })).toBeChecked();
});

/** The bound methods that a page calls. */
interface Bound {
  go: { main: { App: { OpenInDashboard: (user: string) => Promise<void> } } };
}

test.describe("where the rules forbid copying links", () => {
  test.use({ policy: JSON.stringify({ version: 1, rules: { forbid_copying_links: true } }) });

  test("no link is offered to copy, and no dashboard of Clerk's for users of another server", async ({
    page,
    program,
  }) => {
    await openUsers(page, program);
    await program.breakBrowser();
    await askToImpersonate(page);
    await expect(page.getByRole("radio", { name: /^Copy link/ })).toHaveCount(0);
    await submit(page);
    await expect(messages(page).getByText(`did not open for ${customer.name}`)).toBeVisible();
    await expect(messages(page).getByText("Copy link")).toHaveCount(0);
    await page.getByRole("button", { name: "Settings", exact: true }).click();
    await page.getByRole("button", { name: "Rules" }).click();
    await expect(page.getByText("Forbid copying links")).toBeVisible();

    await program.mendBrowser();
    await program.menu("users");
    await expect(page.getByRole("button", { name: "Impersonate…" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Open in Clerk Dashboard" })).toHaveCount(0);
    const id = "user_2nk9VJwxAoVHzIwlGBDxfNBUJ5M";
    await page.evaluate((user) => (window as unknown as Bound).go.main.App.OpenInDashboard(user), id);
    await expect
      .poll(() => program.opened())
      .toEqual([`https://dashboard.clerk.com/last-active?path=users/${id}`]);
  });
});
