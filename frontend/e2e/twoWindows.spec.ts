/** The real window and that of the sample workspace, which share one settings file. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./test";

const instance = (id: string) => ({ id, name: id, environment: "development" });

test.use({ settings: JSON.stringify({ version: 1, instances: [instance("ins_1"), instance("ins_2")] }) });

type Bound = Record<string, (...given: unknown[]) => Promise<Record<string, unknown>>>;

/** Calls the program as its page does. */
function call(page: Page, name: string, ...given: unknown[]): Promise<Record<string, unknown>> {
  return page.evaluate(
    async ([method, list]) => {
      const { App } = (window as unknown as { go: { main: { App: Bound } } }).go.main;
      return (await App[method]?.(...list)) ?? {};
    },
    [name, given] as const,
  );
}

test("no change of the one is lost by the other", async ({ page, program, browser }) => {
  const sample = await program.another(["--sample"]);
  const context = await browser.newContext();
  const there = await context.newPage();
  await there.goto(sample.address);
  await expect(there.getByRole("grid", { name: "Users" })).toBeVisible();

  for (let round = 0; round < 5; round++) {
    const name = `Round ${round}`;
    await Promise.all([
      call(there, "DescribeInstance", "ins_1", name, "teal"),
      call(page, "DescribeInstance", "ins_2", name, ""),
      call(page, "ChangeSettings", { zoom: 100 + round }),
      call(there, "MoveInstance", "ins_2", -1),
    ]);
    const file: unknown = JSON.parse(
      await readFile(join(program.folder, ".config/understudy/settings.json"), "utf8"),
    );
    expect(file).toMatchObject({
      preferences: { zoom: 100 + round },
      instances: [
        { id: "ins_2", name },
        { id: "ins_1", name, color: "teal" },
      ],
    });
    expect(await call(page, "ListInstances")).toMatchObject([{ name }, { name }]);
  }
  await context.close();
  await sample.leave();
});
