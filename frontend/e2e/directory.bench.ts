/**
 * Measures the page for `go run ./build bench`, which starts the stand-in, knows
 * how long each of its answers took, and reads the report. The page runs against
 * the real Go code; its shape is pageReport in build/bench/page.go.
 */
import { writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, type Page, test } from "@playwright/test";
import tests from "../playwright.config";
import { BarePage } from "./bare";
import { setting } from "./processes";
import { Program } from "./program";
import { operator } from "./test";
import { watchFrames, watchRows } from "./watch";

/** Milliseconds since 1970. */
interface Span {
  from: number;
  to: number;
}

/**
 * Each number of two digits, twice. An engine is slower for the first dozens of
 * keys after its start: of few keys, those alone would be the 95th percentile.
 */
const keystrokes = 2 * 90;

/** 10,000 rows of 32 pixels at 250 rows a second: a fast wheel that does not stop. */
const scroll = { pixels: 320_000, pixelsPerSecond: 8000 };

/** The rest after a measured step, longer than anything that it may still cause. */
const quiet = 800;

test("the page", async ({ page }) => {
  const program = await Program.start(setting("UNDERSTUDY_BENCH_API"));
  try {
    await connect(page, program);
    await page.goto("about:blank");
    const typed = await typeSearches(program);
    await page.goto(program.address);
    await counted(page);
    const report = {
      idleFrames: await framesOf(page, () => page.waitForTimeout(2000)),
      keystrokes: typed,
      scroll: await scrollRows(page),
      jumpInCreation: await jumpToEnd(page),
      jumpInLastSignIn: await sortBy(page, "Last sign-in").then(() => jumpToEnd(page)),
    };
    await writeFile(setting("UNDERSTUDY_BENCH_REPORT"), JSON.stringify(report));
  } finally {
    await program.end();
  }
});

/** Connects with the key of a production instance, which Clerk allows the most requests. */
async function connect(page: Page, program: Program): Promise<void> {
  await page.goto(program.address);
  await program.copy(setting("UNDERSTUDY_BENCH_KEY"));
  await page.getByRole("button", { name: "Paste secret key" }).click();
  await page.getByRole("button", { name: /until I quit/ }).click();
  await page.getByRole("combobox", { name: /Search for yourself/ }).fill(operator.email);
  await page.getByRole("option", { name: operator.name }).click();
  await page.getByRole("button", { name: /^Continue as .+ \(unverified\)$/ }).click();
  await counted(page);
}

/** Waits until the number of rows is known and all requests are answered. */
async function counted(page: Page): Promise<void> {
  const grid = page.getByRole("grid", { name: "Users" });
  await expect(grid).toHaveAttribute("aria-rowcount", /^\d{4,}$/);
  await expect(grid).toHaveAttribute("aria-busy", "false");
}

/** The time between frames while something goes on. */
async function framesOf(page: Page, during: () => Promise<unknown>): Promise<number[]> {
  const watch = await page.evaluateHandle(watchFrames);
  await during();
  return watch.evaluate((watching) => watching.end().frames);
}

/** Each keystroke makes a number of one digit one of two, which fewer people have. */
async function typeSearches(program: Program): Promise<Span[]> {
  const { executablePath = "", args = [] } = tests.use?.launchOptions ?? {};
  const viewport = tests.use?.viewport ?? { width: 1280, height: 800 };
  const page = await BarePage.open(program.address, { executablePath, args, viewport });
  const searchBox = `document.querySelector('[role="searchbox"]')`;
  try {
    await page.until(`/^\\d{4,}$/.test(document.querySelector('[role="grid"]')?.ariaRowCount ?? "")`);
    await page.value(`globalThis.watching = (${String(watchRows)})(), undefined`);
    const spans: Span[] = [];
    for (let n = 0; n < keystrokes; n++) {
      await page.value(`${searchBox}.focus(), ${searchBox}.select()`);
      await page.insert(String(1 + (n % 9)));
      await sleep(quiet);
      await page.press(String((n * 7) % 10));
      spans.push((await page.value(`watching.settled(${quiet})`)) as Span);
    }
    return spans;
  } finally {
    await page.end();
  }
}

async function scrollRows(page: Page) {
  const box = await page.getByRole("grid", { name: "Users" }).boundingBox();
  if (!box) throw new Error("the grid is not on screen");
  const devtools = await page.context().newCDPSession(page);
  const watch = await page.evaluateHandle(watchFrames);
  await devtools.send("Input.synthesizeScrollGesture", {
    x: box.x + box.width / 2,
    y: box.y + box.height / 2,
    yDistance: -scroll.pixels,
    speed: scroll.pixelsPerSecond,
    gestureSourceType: "mouse",
  });
  return watch.evaluate((watching) => watching.end());
}

/** From anywhere to the last row, until it is there and nothing more is asked for. */
async function jumpToEnd(page: Page): Promise<Span> {
  const grid = page.getByRole("grid", { name: "Users" });
  await grid.focus();
  await page.keyboard.press("Home");
  await page.waitForTimeout(quiet);
  const from = Date.now();
  await page.keyboard.press("End");
  const last = await grid.getAttribute("aria-rowcount");
  await expect(grid.locator(`[aria-rowindex="${last}"] bdi`).first()).toBeVisible();
  await page.waitForTimeout(quiet);
  return { from, to: Date.now() };
}

async function sortBy(page: Page, column: string): Promise<void> {
  await page.getByRole("columnheader", { name: column }).getByRole("button").click();
  await expect(page.getByRole("columnheader", { name: column })).not.toHaveAttribute("aria-sort", "none");
  await counted(page);
}
