/** A wide window has room for more columns: they show by themselves, and what somebody chose stays. */
import { expect, openUsers, test } from "./test";

test("a wide window shows more columns, a small one fewer", async ({ page, program }) => {
  const headers = page.getByRole("columnheader");
  const few = ["Name", "Email", "Last sign-in", "Created"];
  await page.setViewportSize({ width: 1280, height: 800 });
  await openUsers(page, program);
  await expect(headers).toHaveText(few);
  await page.setViewportSize({ width: 2560, height: 1440 });
  await expect(headers).toHaveText(["Name", "Email", "Username", "User ID", "Last sign-in", "Created"]);

  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("checkbox", { name: "Username" }).uncheck();
  await page.keyboard.press("Escape");
  await expect(headers).toHaveText(["Name", "Email", "User ID", "Last sign-in", "Created"]);
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(headers).toHaveText(few);
});
