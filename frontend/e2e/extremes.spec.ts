/** Users with words, dates and metadata that no table expects: nothing runs over, nothing lies; every target can be hit. */
import type { Page } from "@playwright/test";
import { askToImpersonate, connect, expect, identify, submit, test } from "./test";

/** No target is smaller than this at a zoom of 100 %, in CSS pixels (WCAG 2.5.8). */
const least = 24;

/** Lists the elements that are wider than their place, or too small to be hit. */
function faults(page: Page, smallest: number): Promise<string[]> {
  return page.evaluate((smallestSide) => {
    const nameOf = (element: Element): string =>
      `${element.tagName} ${element.getAttribute("aria-label") ?? element.textContent.slice(0, 40)}`;
    const seen = [...document.querySelectorAll<HTMLElement>("body *")].filter(
      (element) =>
        element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
        element.closest("[aria-hidden=true], [inert], .sr-only, svg") === null,
    );
    const clips = (element: Element): boolean => getComputedStyle(element).overflowX !== "visible";
    const wide = seen
      .filter((element) => {
        const { overflowX, textOverflow, display } = getComputedStyle(element);
        if (
          element.matches("input, textarea") ||
          textOverflow === "ellipsis" ||
          overflowX === "hidden" ||
          display === "inline"
        )
          return false;
        return element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1;
      })
      .map((element) => `wide: ${nameOf(element)} ${element.scrollWidth} > ${element.clientWidth}`);
    const outside = seen
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        let parent = element.parentElement;
        while (parent !== null && !clips(parent)) parent = parent.parentElement;
        return width > 0 && parent === null && (left < -1 || right > innerWidth + 1);
      })
      .map((element) => `outside: ${nameOf(element)}`);
    const targets =
      "button, a[href], [role=checkbox], [role=tab], [role=radio], [role=option], [role=menuitem], select, input";
    const small = seen
      .filter((element) => element.matches(targets))
      .map((element) => {
        const box = (element.closest("label") ?? element).getBoundingClientRect();
        return { element, width: Math.round(box.width), height: Math.round(box.height) };
      })
      .filter(({ width, height }) => width > 1 && (width < smallestSide || height < smallestSide))
      .map(({ element, width, height }) => `small: ${nameOf(element)} ${width}×${height}`);
    return [...wide, ...outside, ...small];
  }, smallest);
}

const sizes = [
  { name: "800 × 600", width: 800, height: 600, zoom: 100 },
  { name: "1280 × 800", width: 1280, height: 800, zoom: 100 },
  { name: "1280 × 800 at 200 %", width: 1280, height: 800, zoom: 200 },
];

/** Looks at what is open in every size, and says where something is wrong. */
async function look(page: Page, screen: string): Promise<void> {
  const found: string[] = [];
  for (const { name, width, height, zoom } of sizes) {
    await page.setViewportSize({ width, height });
    await page.evaluate((percent) => {
      document.documentElement.style.fontSize = `${percent}%`;
    }, zoom);
    for (const fault of await faults(page, least)) found.push(`${screen}, ${name}: ${fault}`);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "";
  });
  expect.soft(found, screen).toEqual([]);
}

const extreme = [
  { address: "priya.raman@meridianhealth.example", name: /Donaudampf/ },
  { address: "noor.haddad@northwind.example", name: /محمد/ },
  { address: "tomas@ferreira-studio.example", name: /Tomás/ },
  { address: "ingrid.solheim@fjordbank.example", name: /Ingrid/ },
  { address: "seun@paystackers.example", name: /Oluwaseun/ },
];

test("nothing runs over, and every target can be hit", async ({ page, program, clerk }) => {
  test.setTimeout(120_000);
  await look(page, "connect");
  await clerk.setScene({ extremes: true });
  await connect(page, program);
  const self = page.getByRole("combobox", { name: /Search for yourself/ });
  await self.fill("priya.raman@meridianhealth.example");
  await expect(page.getByRole("option")).toHaveCount(1);
  await look(page, "identity");
  await identify(page);
  await look(page, "users");

  const box = page.getByRole("searchbox", { name: "Search users" });
  const panel = page.getByRole("complementary", { name: "Details" });
  for (const { address, name } of extreme) {
    await box.fill(address);
    await expect(page.getByRole("rowheader")).toHaveCount(1);
    await page.getByRole("row", { name }).click();
    await expect(panel.getByRole("heading", { name: "Metadata" })).toBeVisible();
    await look(page, `panel of ${address}`);
  }

  for (const [key, opened] of [
    ["Control+k", page.getByRole("dialog")],
    ["F1", page.getByRole("dialog")],
    ["Control+Shift+i", page.getByRole("menu")],
  ] as const) {
    await page.keyboard.press(key);
    await expect(opened).toBeVisible();
    if (key === "Control+k") {
      await page.keyboard.type("priya");
      await expect(opened.getByRole("option", { name: /Donaudampf/ })).toBeVisible();
    }
    await look(page, key);
    await page.keyboard.press("Escape");
    await expect(opened).toHaveCount(0);
  }

  await askToImpersonate(page, { name: "Donaudampf", email: "priya.raman@meridianhealth.example" });
  await look(page, "dialog");
  await submit(page);
  await program.handedOver();
  await look(page, "message");
  for (const digit of ["2", "3", "4"]) {
    await page.keyboard.press(`Control+${digit}`);
    await expect(page.getByRole("main")).toBeVisible();
    if (digit === "3") await page.getByRole("row", { name: /Invoices page/ }).click();
    await look(page, `section ${digit}`);
  }
  const pages = page.getByRole("main").getByRole("navigation").getByRole("button");
  for (const settings of await pages.all()) {
    await settings.click();
    await look(page, `settings ${await settings.textContent()}`);
  }
});

test("the avatar keeps its column, and no time lies", async ({ page, program, clerk }) => {
  await clerk.setScene({ extremes: true });
  await connect(page, program);
  await identify(page);
  const cell = (name: RegExp) => page.getByRole("rowheader", { name });
  const avatarOf = async (name: RegExp) => (await cell(name).locator("> *").first().boundingBox())?.x;
  await expect(cell(/محمد/)).toBeVisible();
  const column = await avatarOf(/Camille/);
  expect(column).toBeGreaterThan(0);
  expect(await avatarOf(/محمد/)).toBe(column);
  const row = (name: RegExp) => page.getByRole("row").filter({ has: cell(name) });
  await expect(row(/Ingrid/)).toContainText("Jan 1, 2100");
  await expect(row(/Ingrid/)).toContainText(/(Jan 1, 1970|Dec 31, 1969)/);
  await expect(row(/Oluwaseun Adeyemi/)).toContainText("UnknownUnknown");
  await expect(row(/Oluwaseun Adeyemi/)).not.toContainText("Never");
});
