/** Text is pasted into the search box as it was copied, with all that stood around it. */
import { expect, openUsers, test } from "./test";

const priya = { name: "Priya Raman", email: "priya.raman@meridianhealth.example", phone: "+442079460911" };

test("a pasted text finds its user, and a chip shows what was understood", async ({ page, program }) => {
  await openUsers(page, program);
  const box = page.getByRole("searchbox", { name: "Search users" });
  const grid = page.getByRole("grid", { name: "Users" });
  const chips = page.getByRole("list", { name: "Filters" });
  const paste = async (text: string) => {
    await box.fill("");
    await box.evaluate((element, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", pasted);
      const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
      if (element.dispatchEvent(event)) document.execCommand("insertText", false, pasted);
    }, text);
  };
  for (const [pasted, chip] of [
    [`Raman, Priya <${priya.email}>;`, `Email ${priya.email}`],
    [`mailto:${priya.email}?subject=Hello`, `Email ${priya.email}`],
    ["tel:0044 (20) 7946-0911,", `Phone ${priya.phone}`],
  ] as const) {
    await paste(pasted);
    await expect(chips).toHaveText(chip);
    await expect(grid.getByRole("rowheader", { name: priya.name })).toBeVisible();
    await expect(grid.getByRole("rowheader")).toHaveCount(1);
  }
  await paste(
    "Priya Raman <priya.raman@meridianhealth.example>\nSolheim, Ingrid <ingrid.solheim@fjordbank.example>\n",
  );
  await expect(chips).toContainText("Email (2)");
  await expect(grid.getByRole("rowheader")).toHaveCount(2);
  await paste("crm-884120,");
  await expect(grid.getByRole("rowheader")).toHaveCount(1);
  await paste("Raman, Priya");
  await expect(grid.getByRole("rowheader", { name: priya.name })).toBeVisible();
  await box.fill("username:priya.r");
  await box.press("Enter");
  await expect(chips).toHaveText("Username priya.r");
  await expect(grid.getByRole("rowheader")).toHaveCount(1);
});
