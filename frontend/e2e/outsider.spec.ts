/** An operator who is no user of the instance acts; without a keychain the instance remembers it for the run. */
import { askToImpersonate, connect, customer, expect, key, submit, test } from "./test";

const outsider = { name: "Maya Okafor", address: "maya@agency.example" };
const liveKey = key.replace("sk_test_", "sk_live_");

test("an outsider acts by name and address, unverified, and the instance remembers it for the run", async ({
  page,
  program,
  clerk,
}) => {
  await connect(page, program);
  const box = page.getByRole("combobox", { name: /Search for yourself/ });
  await box.fill(outsider.address);
  await expect(page.getByText(/^No user matches/)).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: /I'm not a user of this app/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Who are you?" })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Work address" })).toHaveValue(outsider.address);
  await expect(page.getByRole("textbox", { name: "Your name" })).toBeFocused();
  await expect(page.getByText("You will be marked unverified.")).toBeVisible();
  await expect(page.getByText(/Where the rules require a verified sign-in/)).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toHaveText("Enter your name, on one line.");
  await page.keyboard.type(outsider.name);
  await page.keyboard.press("Enter");
  const menu = page.getByRole("button", { name: `You are ${outsider.name}, unverified` });
  await expect(menu).toBeVisible();

  // Another instance and back, then a lock: the key is in memory only.
  await page.keyboard.press("Control+Shift+I");
  await page.getByRole("menuitem", { name: /Connect another/ }).click();
  await program.copy(liveKey);
  await page.getByRole("button", { name: "Paste secret key" }).click();
  await page.getByRole("button", { name: /until I quit/ }).click();
  await expect(page.getByRole("heading", { name: "Which user are you?" })).toBeVisible();
  await page.getByRole("button", { name: "Use another key" }).click();
  await page
    .getByRole("region", { name: /Already connected/ })
    .getByRole("button", { name: /Development/i })
    .click();
  await expect(menu).toBeVisible();

  // The identity screen is left as it was come to.
  await menu.click();
  await page.getByRole("menuitem", { name: "Choose who you are…" }).click();
  await expect(page.getByRole("heading", { name: "Which user are you?" })).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(menu).toBeVisible();

  await askToImpersonate(page, customer);
  await submit(page);
  await fetch(await program.handedOver());
  const [session] = await clerk.sessions();
  expect(session?.actor?.["sub"], "the address is the sub").toBe(outsider.address);

  await page.keyboard.press("Control+3");
  await expect(page.getByRole("gridcell", { name: "Unverified Maya" })).toBeVisible();
});
