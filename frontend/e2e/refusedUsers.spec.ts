/** Users whom Clerk or their own metadata keeps everybody out of: told before anything is filled in. */
import { expect, openUsers, test } from "./test";

for (const { name, email, why } of [
  { name: "Owen MacLeod", email: "owen@macleod.example", why: "Deprovisioned users can't sign in." },
  {
    name: "Beatriz Almeida",
    email: "bea.almeida@cortica.example",
    why: "Must not be impersonated",
  },
]) {
  test(`${name} is refused in the panel, and the key says why`, async ({ page, program, clerk }) => {
    await openUsers(page, program);
    await page.getByRole("searchbox", { name: "Search users" }).fill(email);
    await expect(page.getByRole("rowheader")).toHaveCount(1);
    await page.getByRole("row", { name }).click();
    const button = page.getByRole("button", { name: "Impersonate…" });
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await expect(button).toHaveAccessibleDescription(new RegExp(why));
    await page.keyboard.press("Control+Enter");
    // Once in the panel, once above the status bar.
    await expect(page.getByRole("status").filter({ hasText: why })).toHaveCount(2);
    await expect(page.getByRole("dialog")).toHaveCount(0);
    expect(await clerk.countRequests("POST", "/v1/actor_tokens")).toBe(0);
  });
}
