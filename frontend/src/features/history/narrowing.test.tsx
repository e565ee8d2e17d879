import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "@/testing/open";
import { filterOf } from "./filters";

const now = new Date(2026, 10, 22, 12).getTime();

test("days from and to are whole days of the operator's own zone", () => {
  const filter = filterOf({ from: "2026-11-01", to: "2026-11-20" }, "", now);
  expect(filter?.since).toBe(new Date(2026, 10, 1).toISOString());
  expect(filter?.until).toBe(new Date(2026, 10, 21).toISOString());
  expect(filterOf({ from: "2026-13-", to: "" }, "", now)).toBeUndefined();
});

test("the list is narrowed by an address, which Clerk is asked for, and to one user from the panel", async () => {
  const { user, backend } = openApp({ history: 40 });
  await user.click(await screen.findByRole("button", { name: "History" }));
  const [entry] = backend.history;
  const of = backend.users.find(({ id }) => id === entry?.userID);
  const theirs = backend.history.filter(({ userID }) => userID === of?.id).length;
  const box = await screen.findByRole("searchbox", { name: "Search history" });
  await user.click(box);
  await user.paste(of?.email ?? "");
  expect(await screen.findByText(`${theirs} found`)).toBeTruthy();
  await user.clear(box);
  await user.paste("nobody.at.all@example.com");
  expect(await screen.findByText(/^No user has this email address/)).toBeTruthy();
  await user.clear(box);

  const [first] = await within(await screen.findByRole("grid")).findAllByRole("row", { selected: false });
  await user.click(first ?? document.body);
  await user.click(await screen.findByRole("button", { name: "Only this user" }));
  expect(await screen.findByText(`${theirs} found`)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Remove the filter User" }));
  await user.click(screen.getByRole("button", { name: "Export" }));
  await user.click(await screen.findByRole("menuitem", { name: /^Impersonations as CSV/ }));
  await waitFor(() =>
    expect(backend.calls.findLast(([method]) => method === "exportHistory")?.[1]).toMatchObject({
      format: "impersonations",
      narrowed: true,
    }),
  );
});
