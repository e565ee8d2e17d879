/** A small window, a large zoom, forced colours, no motion: everything stays in reach and in sight. */
import type { Locator, Page } from "@playwright/test";
import { askToImpersonate, customer, expect, openUsers, submit, test, zoomTo } from "./test";

const inSight = (locator: Locator) => expect(locator).toBeInViewport({ ratio: 0.99 });

/** Fails if anything sticks out at the side. */
async function expectNoSideways(page: Page): Promise<void> {
  const wider = await page.evaluate(() =>
    [document.documentElement, document.body, ...document.querySelectorAll("[data-pane], [role='dialog']")]
      .filter((element) => element.scrollWidth > element.clientWidth)
      .map((element) => `${element.tagName} ${element.getAttribute("aria-label") ?? ""}`),
  );
  expect(wider).toEqual([]);
}

/** The panes that F6 leads through, until one comes again. Each shows what has the focus. */
async function goRound(page: Page): Promise<string[]> {
  const panes: string[] = [];
  for (;;) {
    await page.keyboard.press("F6");
    const focused = page.locator(":focus");
    await inSight(focused);
    const pane = await focused.evaluate((element) => {
      const found = element.closest("[data-pane]");
      return found?.getAttribute("aria-label") ?? found?.tagName ?? "";
    });
    if (panes.includes(pane)) return panes;
    panes.push(pane);
  }
}

for (const { name, width, height, zoom } of [
  { name: "in a window of 1024 × 640", width: 1024, height: 640, zoom: 100 },
  { name: "at a zoom of 200 %", width: 1280, height: 800, zoom: 200 },
  { name: "at a zoom of 200 % in a window of 1024 × 640", width: 1024, height: 640, zoom: 200 },
]) {
  test(`the way to a user is in reach ${name}`, async ({ page, program }) => {
    await page.setViewportSize({ width, height });
    await openUsers(page, program);
    await zoomTo(page, zoom);
    await expectNoSideways(page);

    const box = page.getByRole("searchbox", { name: "Search users" });
    await page.keyboard.press("Control+f");
    await expect(box).toBeFocused();
    await box.fill(customer.email);
    await page.keyboard.press("Enter");
    await inSight(box);
    await expect(page.getByRole("row", { name: customer.name })).toHaveAttribute("aria-selected", "true");
    await inSight(page.getByRole("button", { name: "Close details" }));
    await inSight(page.getByRole("button", { name: "Impersonate…" }));
    await expectNoSideways(page);

    await page.keyboard.press("Control+Enter");
    const dialog = page.getByRole("dialog", { name: /^Impersonate/ });
    await inSight(dialog);
    await inSight(dialog.getByRole("textbox", { name: "Reason" }));
    await inSight(dialog.getByRole("button", { name: "Cancel" }));
    await inSight(dialog.getByRole("button", { name: "Impersonate", exact: true }));
    await expectNoSideways(page);
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);

    // Not to the status bar: the only button that it has here is not drawn so narrow.
    const round = ["Instance and sections", "MAIN", "Details"];
    expect((await goRound(page)).toSorted()).toEqual(round.toSorted());

    await page.keyboard.press("Control+f");
    const grid = page.getByRole("grid", { name: "Users" });
    await box.fill("");
    await page.keyboard.press("Enter");
    await expect(page.getByText("2,500 users")).toBeVisible();
    await grid.press("End");
    const last = page.locator("[aria-rowindex='2501']");
    await expect(last).toHaveAttribute("aria-selected", "true");
    await inSight(last);
    await inSight(last.getByRole("rowheader"));
    await expectNoSideways(page);
  });
}

test("running impersonations stay in reach at a zoom of 200 % in a window of 1024 × 640", async ({
  page,
  program,
}) => {
  await page.setViewportSize({ width: 1024, height: 640 });
  await openUsers(page, program);
  await askToImpersonate(page);
  await submit(page);
  await program.handedOver();
  await expect(page.getByText(`Browser opened for ${customer.name}`)).toBeVisible();
  await askToImpersonate(page, { name: "Wei Zhang", email: "wei.zhang@lumenhq.example" });
  await submit(page);
  await program.handedOver(1);
  await expect(page.getByText("2 impersonations")).toBeVisible();
  await zoomTo(page, 200);
  await inSight(page.getByRole("button", { name: `Cancel link for ${customer.name}` }));
  await inSight(page.getByTitle(/^http:\/\/127/));
  const more = page.getByRole("button", { name: "1 more" });
  await inSight(more);
  await expectNoSideways(page);
  await more.click();
  await inSight(page.getByRole("region", { name: "Live" }).getByRole("row", { name: /Wei Zhang/ }));
});

/** Whether a line is drawn around an element, whatever its colour. */
async function expectFrame(locator: Locator): Promise<void> {
  await expect
    .poll(() =>
      locator.evaluate((element) => {
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
        const isDrawn = Number.parseFloat(outlineWidth) > 0 && !/, 0\)$|transparent/.test(outlineColor);
        return isDrawn ? outlineStyle : "none";
      }),
    )
    .toMatch(/^(solid|auto)$/);
}

test.describe("in the sample workspace", () => {
  test.use({ programArgs: ["--sample"] });

  test("with forced colours a frame says where the focus is", async ({ page }) => {
    await page.emulateMedia({ forcedColors: "active" });
    const box = page.getByRole("searchbox", { name: "Search users" });
    await page.getByRole("row", { name: customer.name }).click();
    const row = page.getByRole("row", { name: customer.name });
    await expect(page.getByRole("grid", { name: "Users" })).toBeFocused();
    await expectFrame(row);
    await box.focus();
    await expectFrame(box);
    await expect(row, "the row shows that it has not the focus").toHaveCSS("outline-style", "dashed");

    await row.click(); // in an empty box the key means nobody
    await page.keyboard.press("Control+Enter");
    const reason = page.getByRole("textbox", { name: "Reason" });
    await expect(reason).toBeFocused();
    await expectFrame(reason);
    await page.keyboard.press("Escape");

    const users = page.getByRole("button", { name: "Users" });
    const frameOf = () =>
      users.evaluate((element) => {
        const { outlineColor, outlineOffset } = getComputedStyle(element);
        return `${outlineColor} ${outlineOffset}`;
      });
    await expectFrame(users);
    const chosen = await frameOf();
    await page.keyboard.press("F6");
    await users.focus();
    await expectFrame(users);
    expect(await frameOf(), "the section that is open shows the focus as well").not.toBe(chosen);
  });

  for (const { reducedMotion, moves } of [
    { reducedMotion: "reduce", moves: false },
    { reducedMotion: "no-preference", moves: true },
  ] as const) {
    test(`what opens ${moves ? "moves" : "does not move"} for who asks for ${reducedMotion}`, async ({
      page,
    }) => {
      await page.emulateMedia({ reducedMotion });
      await page.getByRole("row", { name: customer.name }).click();
      const moved = await page.evaluateHandle(() => {
        const seen = new Set<string>();
        const look = (): void => {
          for (const { effect } of document.getAnimations()) {
            const target = effect instanceof KeyframeEffect ? effect.target : null;
            if (Number(effect?.getComputedTiming().duration) > 0) seen.add(target?.className ?? "");
          }
          requestAnimationFrame(look);
        };
        look();
        return seen;
      });
      for (const [keys, opened] of [
        ["Control+k", page.getByRole("dialog")],
        ["Control+Shift+i", page.getByRole("menu")],
        ["Control+Enter", page.getByRole("dialog")],
      ] as const) {
        await page.keyboard.press(keys);
        await expect(opened).toBeVisible();
        await page.keyboard.press("Escape");
        await expect(opened).toHaveCount(0);
      }
      await page.keyboard.press("Control+c");
      await expect(page.getByText("Email copied").first()).toBeVisible();
      expect(await moved.evaluate((seen) => seen.size > 0)).toBe(moves);
    });
  }
});
