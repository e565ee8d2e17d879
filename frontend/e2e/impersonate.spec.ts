import {
  askToImpersonate,
  connect,
  customer,
  expect,
  identify,
  key,
  openUsers,
  operator,
  submit,
  test,
} from "./test";

test("from the first screen to a browser that is signed in", async ({ page, program, clerk, context }) => {
  await connect(page, program);
  expect(await program.clipboard(), "the key is wiped from the clipboard").toBe("");
  await identify(page);
  await askToImpersonate(page);
  await submit(page);

  await expect.poll(() => program.opened()).toHaveLength(1);
  const [address] = await program.opened();
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/); // and no link
  const customersApp = await context.newPage();
  await customersApp.goto(address ?? "");
  await expect(customersApp.getByText(customer.name).first()).toBeVisible();
  await expect(customersApp.getByText(operator.name).first()).toBeVisible();

  const sessions = await clerk.sessions();
  expect(sessions).toHaveLength(1);
  expect(sessions[0]?.actor).toMatchObject({
    iss: "understudy",
    rid: expect.any(String),
    log: expect.stringMatching(/^\d+:[0-9a-f]+$/),
  });
  expect(await clerk.countRequests("POST", "/v1/actor_tokens")).toBe(1);

  await page.getByRole("button", { name: "History", exact: true }).click();
  const history = page.getByRole("region", { name: "History" });
  await history.getByText("Invoices page is empty").first().click();
  await history.getByRole("button", { name: "Copy anchor" }).click();
  await expect
    .poll(() => program.clipboard(), "the record and Clerk name the same place of the chain")
    .toBe(sessions[0]?.actor?.["log"]);
  expect(await page.content()).not.toContain(key);
});

test("a sign-in link that was not used can be taken back", async ({ page, program, clerk }) => {
  await openUsers(page, program);
  await askToImpersonate(page);
  await submit(page);
  const link = await program.handedOver();

  await expect(page.getByRole("button", { name: `Cancel link for ${customer.name}` })).toBeVisible();
  await page.getByRole("button", { name: "Cancel link", exact: true }).click();
  await expect(page.getByRole("button", { name: `Cancel link for ${customer.name}` })).toHaveCount(0);
  const answer = await fetch(link);
  expect(answer.status, "the link is dead").toBeGreaterThanOrEqual(400);
  expect(await clerk.sessions()).toHaveLength(0);
});
