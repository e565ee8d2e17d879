/** Nothing can be done while the start of the program has a problem, whoever asks. */
import { expect, key, test } from "./test";

test.use({
  settings: '{"version": 1, "instances": [',
  policy: JSON.stringify({ version: 1, rules: { sign_in: { required: true } } }),
});

test("settings that cannot be read stop every call, not only the window", async ({
  page,
  program,
  clerk,
}) => {
  await expect(page.getByRole("alert")).toContainText("The settings file is damaged");
  await program.copy(key);
  await program.chooseFile(`CLERK_SECRET_KEY=${key}\n`);
  const answers = await page.evaluate(async () => {
    type Bound = Record<string, (...given: unknown[]) => Promise<unknown>>;
    const { App } = (window as unknown as { go: { main: { App: Bound } } }).go.main;
    const calls: Record<string, unknown[]> = {
      ConnectFromClipboard: ["1"],
      ConnectFromFile: ["2"],
      ConnectSample: ["3"],
      HoldKeyInMemory: [],
      SelectInstance: ["4", "ins_1"],
      ReplaceKey: ["5", "ins_1"],
      Disconnect: ["ins_1"],
      DescribeInstance: ["ins_1", "Mine", "teal"],
      MoveInstance: ["ins_1", 1],
      TrustAddress: ["6", ["https://clerk.example.com"]],
      ChangeSettings: [{ theme: "dark" }],
      ListHistory: ["9", { filter: {}, cursor: "", limit: 100 }],
      AcceptHistory: ["7"],
      EndAll: [],
      Operator: [],
      GetRules: [],
      ChangeRules: [{ monthly_quota: 5 }],
      OpenReference: ["48213"],
      OpenBilling: [],
      OpenInDashboard: ["user_1"],
      GetUser: ["8", "user_1", true],
      GetMemberships: ["10", "user_1"],
      GetSessions: ["11", "user_1"],
      CreateActorToken: [{ userID: "user_1", reason: "Because" }],
    };
    const code = (failure: unknown) => /"code":"(\w+)"/.exec(String(failure))?.[1] ?? String(failure);
    const answered = Object.entries(calls).map(async ([name, given]) => [
      name,
      await (App[name]?.(...given) ?? Promise.resolve()).then(() => "done", code),
    ]);
    return Object.fromEntries(await Promise.all(answered)) as Record<string, string>;
  });
  const refused = Object.keys(answers).map((name) => [name, "settings_unreadable"]);
  expect(answers).toEqual(Object.fromEntries(refused));
  expect(await clerk.countRequests("GET", "/v1/instance")).toBe(0);
  expect(await clerk.countRequests("POST", "/v1/actor_tokens")).toBe(0);
});
