/** Tests of Clerk's refusals, of actor tokens above all, and the sentences that the operator reads then. */
import { askToImpersonate, customer, expect, openUsers, submit, test } from "./test";

const actorTokens = { method: "POST", path: "/v1/actor_tokens" };

const refusals = [
  [402, "unsupported_subscription_plan_features", "Your Clerk plan does not include impersonation."],
  [422, "impersonation_limit_exceeded", "All impersonations of this billing period are used."],
  [422, "form_param_value_invalid", "{server} did not accept the request."],
  [404, "resource_not_found", "This user no longer exists."],
  [400, "deprovisioned", "Deprovisioned users can't sign in."],
  [409, "resource_locked", "{server} is changing this just now."],
  [410, "operation_deprecated", "{server} no longer works with this version of Understudy."],
  [401, "clerk_key_invalid", "{server} did not accept this key."],
  [429, "too_many_requests", "Too many requests. {server} asks us to wait."],
] as const;

test("each refusal of an actor token says what it is, and the address that it came from", async ({
  page,
  program,
  clerk,
}) => {
  await openUsers(page, program);
  await askToImpersonate(page);
  const alert = page.getByRole("dialog").getByRole("alert");
  let asked = 0;
  for (const [status, code, sentence] of refusals) {
    // oxlint-disable no-await-in-loop -- one after the other, in one dialog
    await clerk.mend();
    await clerk.breakAnswers({
      kind: "error",
      // A refused key is refused everywhere: another answer would say that it is not.
      ...(status === 401 ? { path: "/v1" } : actorTokens),
      status,
      code,
      ...(status === 429 && { retry_after: "7" }),
    });
    await submit(page);
    await expect(alert).toContainText(sentence.replace("{server}", new URL(clerk.apiURL).host));
    asked += 1;
    expect(await clerk.countRequests(actorTokens.method, actorTokens.path), "never retried by itself").toBe(
      asked,
    );
    // oxlint-enable no-await-in-loop
  }
  await page.getByRole("dialog").getByRole("button", { name: "Copy details" }).click();
  await expect.poll(() => program.clipboard()).toMatch(/request: POST \/actor_tokens\nstatus: 429\n/);
  expect(await program.clipboard(), "the journal's lines of the call").toMatch(
    /"msg":"clerk".*"request":"POST \/actor_tokens","status":429.*\n.*"method":"CreateActorToken"/,
  );
  await expect(page.getByRole("textbox", { name: "Reason" }), "nothing typed is lost").toHaveValue(
    "Invoices page is empty",
  );
  expect(await program.opened()).toEqual([]);
});

test("an instance without organizations is as good as any", async ({ page, program, clerk }) => {
  await clerk.setScene({ organizations_off: true });
  await openUsers(page, program);
  const search = page.getByRole("searchbox", { name: "Search users" });
  await search.fill("org:acme ");
  await expect(page.getByText(/There are no organizations/)).toBeVisible();
  await search.fill(customer.email);
  await page.getByRole("row", { name: customer.name }).click();
  const panel = page.getByRole("complementary", { name: "Details" });
  await expect(panel.getByText("Nobody has signed in as this user from this computer.")).toBeVisible();
  await expect(panel.getByText(/could not be read|Couldn't load|turned off/)).toHaveCount(0);
});
