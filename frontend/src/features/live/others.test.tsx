/** Tests of impersonations on the board that this computer did not start. */
import { screen, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import type { OtherImpersonation } from "@/backend/impersonations";
import { createMemoryBackend } from "@/backend/memory/memory";
import { inventOther } from "@/backend/memory/records";
import { showApp } from "@/testing/open";

/** Opens the board with somebody in as Priya too. */
async function openWith(change: (theirs: OtherImpersonation, own: string) => Partial<OtherImpersonation>) {
  const backend = createMemoryBackend({ busy: true });
  const [priya, arjun] = [backend.users[4], backend.users[15]];
  if (!priya || !arjun) throw new Error("too few users were invented");
  const theirs = inventOther(priya, arjun, Date.now());
  backend.others = [{ ...theirs, ...change(theirs, (await backend.operator()).id) }];
  const { user } = showApp(backend);
  await user.click(await screen.findByRole("button", { name: /^Live/ }));
  const board = await screen.findByRole("grid", { name: "Impersonations" });
  const row = () => {
    const found = within(board)
      .getAllByRole("row")
      .find((one) => one.textContent.includes("Leeds, GB"));
    if (!found) throw new Error("the session is not on the board");
    return found;
  };
  return { backend, user, row };
}

const own = (_: OtherImpersonation, operatorID: string) => ({ operatorID, own: true });

describe("the operator's own session from another computer", () => {
  test("is the operator's, and not a colleague's", async () => {
    const { row } = await openWith(own);
    expect(row().textContent).toContain("You, on another computer");
    expect(row().textContent).not.toContain("Recorded on");
    expect(screen.getByText("4 by you")).toBeTruthy();
  });

  test("ends without the question that is for a colleague's", async () => {
    const { backend, user, row } = await openWith(own);
    await user.click(
      within(row()).getByRole("button", {
        name: "End your impersonation of Priya Raman: You, on another computer",
      }),
    );
    expect(screen.queryByRole("alertdialog")).toBeNull();
    await expect.poll(() => backend.calls.filter(([name]) => name === "endOther").length).toBe(1);
  });

  test("ends with all of theirs", async () => {
    const { backend, user } = await openWith(own);
    await user.click(screen.getByRole("button", { name: "End all mine" }));
    const dialog = await screen.findByRole("alertdialog", { name: "End all 4 impersonations?" });
    expect(dialog.textContent).toContain("other computers");
    await user.click(within(dialog).getByRole("button", { name: "End all" }));
    expect(await screen.findByText("4 impersonations ended")).toBeTruthy();
    expect(backend.others).toEqual([]);
  });
});

describe("an impersonation started with another tool", () => {
  const cases: [string, Partial<OtherImpersonation>, string[]][] = [
    [
      "Clerk's command line tool names who",
      { foreign: true, tool: "Clerk CLI", operatorID: "jonas@acme.example" },
      ["Started with Clerk CLI", "jonas@acme.example"],
    ],
    [
      "the dashboard names nobody",
      { foreign: true, tool: "Clerk Dashboard", operatorID: "" },
      ["Started with Clerk Dashboard", "A colleague"],
    ],
    [
      "a tool that is not known",
      { foreign: true, tool: "", operatorID: "script-7" },
      ["Started with another tool", "script-7"],
    ],
    [
      "the operator with another tool",
      { foreign: true, own: true, tool: "Clerk CLI" },
      ["You, with Clerk CLI"],
    ],
  ];
  for (const [name, change, said] of cases) {
    test(`is in nobody's history: ${name}`, async () => {
      const { row } = await openWith(() => change);
      for (const sentence of said) expect(row().textContent).toContain(sentence);
      expect(row().textContent).toContain("Not in Understudy's history");
      expect(row().textContent).not.toMatch(/Recorded on|In the history of/);
    });
  }
});
