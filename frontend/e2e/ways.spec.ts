/** Users without what most have, in the sample: the best there is, and how they get in. */
import { expect, test } from "./test";

test("users without an address are told by what they have", async ({ page }) => {
  await page.getByRole("button", { name: "Explore the sample workspace" }).click();
  const grid = page.getByRole("grid", { name: "Users" });
  await expect(grid.getByRole("row", { name: /Noor Haddad/ })).toBeVisible();
  const box = page.getByRole("searchbox", { name: "Search users" });
  const panel = page.getByRole("complementary", { name: "Details" });
  const wallet = "0x52908400098527886E0F7030069857D2E4169EE7";
  for (const [query, name, line, said] of [
    ["Noprimary", "Addie Noprimary", "addie@old-postbox.example", "Email addresses"],
    ["+442079460913", "+442079460913", "No name", "Phone numbers"],
    [wallet, wallet, "No name", "Web3 wallet · Added:"],
    ["Llave", "Paz Llave", "No email", "Passkey “Pixel 9”"],
    ["Ledger", "Rowan Ledger", "rowan.ledger@eastgate.example", "Billing manager, EMEA"],
    ["Marta", "Marta Kowalczyk", "marta.kowalczyk@poczta-dom.example", "Locked until"],
  ] as const) {
    await box.fill(query);
    await box.press("Enter");
    await expect(panel.getByRole("heading", { level: 2 })).toHaveText(name);
    await expect(panel.locator("h2 + p")).toHaveText(line);
    await expect(panel).toContainText(said);
  }
});

test("a company's sign-in and devices are shown beside the rest", async ({ page }) => {
  await page.getByRole("button", { name: "Explore the sample workspace" }).click();
  const grid = page.getByRole("grid", { name: "Users" });
  const panel = page.getByRole("complementary", { name: "Details" });
  await grid.getByRole("row", { name: /Priya Raman/ }).click();
  const sessions = panel.locator("section", { hasText: "Sessions and devices" });
  await expect(sessions.getByRole("listitem")).toHaveText([
    /^Chrome on MacintoshLeeds, GB · Active: \d min ago$/,
    /^Safari on iPhoneLeeds, GB · Active: /,
  ]);
  await expect(panel).toContainText("Passkey “Priya’s MacBook”");
  await page.keyboard.type("hana");
  await expect(panel.getByRole("heading", { level: 2 })).toHaveText("hana.sato@hinode.example");
  await expect(panel).toContainText("Company sign-in (Okta)hana.sato@hinode.example · Company sign-in");
});
