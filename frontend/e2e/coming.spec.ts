/** Tests of rows and parts of the window that are still on their way. */
import { customer, expect, openUsers, test } from "./test";

/** In nanoseconds, as the stand-in takes it: long enough for a frame without the rows, short enough for none to say so. */
const latency = 60_000_000;

test("rows that have come are seen at once, by who has not asked for less motion", async ({
  page,
  program,
  clerk,
}) => {
  await openUsers(page, program);
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await clerk.setScene({ latency });
  const grid = page.getByRole("grid", { name: "Users" });
  await expect(grid).toHaveAttribute("aria-rowcount", /^\d{3,}$/);

  const watch = await page.evaluateHandle(() => {
    const opacities: string[] = [];
    const look = (): void => {
      for (const name of document.querySelectorAll("[data-index]:not(.sr-only) [role=rowheader]:has(bdi)"))
        opacities.push(getComputedStyle(name).opacity);
      requestAnimationFrame(look);
    };
    look();
    return opacities;
  });
  await grid.focus();
  await page.keyboard.press("End");
  const last = await grid.getAttribute("aria-rowcount");
  await expect(grid.locator(`[aria-rowindex="${last}"] bdi`)).toBeVisible();
  expect(new Set(await watch.jsonValue())).toEqual(new Set(["1"]));
});

test.describe("the window", () => {
  test.use({ programArgs: ["--sample"] });

  test("hears a key that is pressed while only its first frame is there", async ({ page }) => {
    await page.addInitScript(() => {
      const frames: FrameRequestCallback[] = [];
      const draw = window.requestAnimationFrame;
      window.requestAnimationFrame = (run) => frames.push(run);
      window.addEventListener("go on", () => {
        window.requestAnimationFrame = draw;
        for (const run of frames) draw(run);
      });
    });
    await page.reload();
    await expect(page.getByRole("row", { name: customer.name })).toBeVisible();
    await page.keyboard.press("Control+=");
    await expect(page.getByRole("searchbox")).toHaveCount(0);
    await page.evaluate(() => window.dispatchEvent(new Event("go on")));
    await expect(page.locator("html")).toHaveAttribute("style", /font-size: 110%/);
    await expect(page.getByRole("searchbox", { name: "Search users" })).toBeFocused();
  });
});
