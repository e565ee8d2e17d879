/** What Clerk can answer, to an actor token above all, and what the operator reads then. */
import { askToImpersonate, customer, expect, key, openUsers, submit, test } from "./test";

const actorTokens = { method: "POST", path: "/v1/actor_tokens" };

const refusals = [
  {
    name: "402: the plan lacks impersonation",
    fault: { status: 402, code: "unsupported_subscription_plan_features" },
    sentence: "Your Clerk plan does not include impersonation.",
  },
  {
    name: "422: the monthly limit is used up",
    fault: { status: 422, code: "impersonation_limit_exceeded" },
    sentence: "This month's impersonations are used up.",
  },
  {
    name: "422: a value that Clerk does not take",
    fault: { status: 422, code: "form_param_value_invalid" },
    sentence: "Clerk did not accept the request.",
  },
  {
    name: "404: the user is gone",
    fault: { status: 404, code: "resource_not_found" },
    sentence: "This user no longer exists.",
  },
  {
    name: "401: the key was withdrawn",
    fault: { status: 401, code: "clerk_key_invalid" },
    sentence: "Clerk did not accept this key.",
  },
  {
    name: "429: too many requests",
    fault: { status: 429, code: "too_many_requests", retry_after: "7" },
    sentence: "Clerk is busy.",
  },
];

for (const { name, fault, sentence } of refusals) {
  test(name, async ({ page, program, clerk }) => {
    await openUsers(page, program);
    await clerk.breakAnswers({ kind: "error", ...actorTokens, ...fault });
    await askToImpersonate(page);
    await submit(page);

    const alert = page.getByRole("dialog").getByRole("alert");
    await expect(alert).toContainText(sentence);
    await expect(page.getByRole("textbox", { name: "Reason" }), "nothing typed is lost").toHaveValue(
      "Invoices page is empty",
    );
    expect(await clerk.countRequests(actorTokens.method, actorTokens.path), "never retried by itself").toBe(
      1,
    );
    expect(await program.opened()).toEqual([]);
  });
}

test("403: an instance without organizations", async ({ page, program, clerk }) => {
  const found = await fetch(`${clerk.apiURL}/users?email_address=${customer.email}`, {
    headers: { Authorization: `Bearer ${key}` },
  });
  const [user] = (await found.json()) as { id: string }[];
  await clerk.breakAnswers({
    kind: "error",
    path: `/v1/users/${user?.id}/organization_memberships`,
    status: 403,
    code: "organization_not_enabled_in_instance",
  });
  await openUsers(page, program);
  await askToImpersonate(page);
  await expect(page.getByText("This could not be read. Clerk does not allow this.")).toBeVisible();
  await expect(page.getByText("Nobody has signed in as them from this computer.")).toBeVisible();
  await submit(page);
  await expect.poll(() => program.opened()).toHaveLength(1);
});
