/** Look-ups beside the work never stand in its way. */
import { expect, openUsers, test } from "./test";

declare global {
  interface Window {
    go: { main: { App: Record<"ListUsers" | "CreateActorToken", (...args: unknown[]) => Promise<unknown>> } };
  }
}

test("names of the history are one request, and a search goes out before the rest", async ({
  page,
  program,
  clerk,
}) => {
  await openUsers(page, program);
  const users = await page.evaluate(async () => {
    const { ListUsers, CreateActorToken } = window.go.main.App;
    const view = { query: "", sort: "created_at", descending: false, pinnedAt: 0 };
    const asked = { requestID: "", view, index: 0, afterID: "", beforeID: "", total: -1 };
    const { rows } = (await ListUsers(asked)) as { rows: { id: string }[] };
    const ids: string[] = [];
    for (const { id } of rows.slice(1, 30)) {
      const request = {
        requestID: "",
        userID: id,
        reason: "Invoices page is empty",
        override: "",
        reference: "",
        linkSeconds: 60,
        sessionMinutes: 10,
        browser: "default",
      };
      // oxlint-disable-next-line no-await-in-loop -- as an agent does it
      const made = await CreateActorToken(request).then(
        () => true,
        () => false,
      );
      if (made) ids.push(id);
    }
    return ids;
  });
  expect(users.length).toBeGreaterThan(15);

  const before = (await clerk.asked()).length;
  await page.getByRole("button", { name: "History" }).click();
  const named = page.getByRole("grid", { name: "Recorded impersonations" }).getByRole("row").nth(5);
  await expect(named.getByRole("rowheader")).not.toContainText("user_");
  const asked = (await clerk.asked()).slice(before);
  await page.getByRole("button", { name: "Users" }).click();
  await page.getByRole("searchbox", { name: "Search users" }).fill("ingrid");
  await expect(page.getByRole("row", { name: "Ingrid Solheim" })).toBeVisible();
  await expect(page.getByText(/Clerk asked us to wait|Waiting to stay/)).toHaveCount(0);

  const together = asked.filter((request) => request.startsWith("GET /v1/users user_"));
  expect(together, "all names are one request").toHaveLength(1);
  expect(together[0]?.split(" ").length).toBeGreaterThan(15);
  // The pointer rests on a row of the users for a moment, whose details are fetched ahead.
  const alone = asked.flatMap((request) => /^GET \/v1\/users\/(user_\w+)/.exec(request)?.[1] ?? []);
  expect(new Set(alone).size, "no name is asked for by itself").toBeLessThanOrEqual(1);
});
