import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { createMemoryBackend, type MemoryOptions } from "@/backend/memory/memory";
import { inventBrowsers, inventOther } from "@/backend/memory/records";
import { sentProblem } from "@/backend/memory/sent";
import { openApp, showApp } from "@/testing/open";

async function openBoard(options: MemoryOptions = { busy: true }) {
  const opened = openApp(options);
  await opened.user.click(await screen.findByRole("button", { name: "Live" }));
  return opened;
}

const names = async () => {
  const board = await screen.findByRole("grid", { name: "Impersonations" });
  return within(board)
    .getAllByRole("rowheader")
    .map((header) => header.querySelector("bdi")?.textContent);
};

/** Opens the board with a colleague in as Priya too. */
async function openWithColleague() {
  const backend = createMemoryBackend({ busy: true });
  const [priya, arjun] = [backend.users[4], backend.users[15]];
  if (!priya || !arjun) throw new Error("too few users were invented");
  backend.others = [inventOther(priya, arjun, Date.now())];
  const { user } = showApp(backend);
  await user.click(await screen.findByRole("button", { name: "Live" }));
  const board = await screen.findByRole("grid", { name: "Impersonations" });
  return { backend, user, board };
}

describe("a colleague's impersonation of the same user", () => {
  const end = "End impersonation of Priya Raman by Arjun Mehta";

  test("shows what Clerk keeps of it", async () => {
    const { board } = await openWithColleague();
    expect(await screen.findByText("3 by you, 1 by a colleague")).toBeTruthy();
    expect(await within(board).findByText("Recorded on Arjun Mehta's computer")).toBeTruthy();
    expect(within(board).getByText("Ticket 48198")).toBeTruthy();
    expect(within(board).getByText("Leeds, GB")).toBeTruthy();
    expect(await names()).toEqual(["Kenji Watanabe", "Priya Raman", "Priya Raman", "Noor Haddad"]);
  });

  test("is ended only after asking", async () => {
    const { backend, user, board } = await openWithColleague();
    await user.click(await within(board).findByRole("button", { name: end }));
    await screen.findByRole("alertdialog", { name: "End the impersonation by Arjun Mehta?" });
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    expect(backend.calls.map(([method]) => method)).not.toContain("endOther");

    await user.click(within(board).getByRole("button", { name: end }));
    await user.click(await screen.findByRole("button", { name: "End session" }));
    expect(backend.calls).toContainEqual(["endOther", backend.users[4]?.id, "sess_colleague"]);
    expect(await screen.findByText("3 by you")).toBeTruthy();
  });

  test("that could not be ended says why", async () => {
    const { backend, user, board } = await openWithColleague();
    backend.fail("endOther", { code: "clerk_unreachable", message: "Clerk cannot be reached." });
    await user.click(await within(board).findByRole("button", { name: end }));
    await user.click(await screen.findByRole("button", { name: "End session" }));
    expect((await within(board).findByRole("alert")).textContent).toContain("Clerk cannot be reached.");
  });
});

/** Opens the board while Clerk cannot be asked. */
async function openOffline() {
  const backend = createMemoryBackend({ busy: true });
  backend.liveProblem = { ...sentProblem("clerk_unreachable"), retry: true, retryAfterMS: 30_000 };
  const { user } = showApp(backend);
  await user.click(await screen.findByRole("button", { name: "Live" }));
  const section = await screen.findByRole("region", { name: "Live" });
  expect((await within(section).findByRole("alert")).textContent).toContain("Clerk cannot be reached.");
  return { backend, user, section };
}

describe("while Clerk cannot be asked", () => {
  test("the board stays as last known and says when it tries again", async () => {
    const { section } = await openOffline();
    expect(await names()).toEqual(["Kenji Watanabe", "Priya Raman", "Noor Haddad"]);
    expect(await within(section).findByRole("button", { name: /^Try again in 0:\d\d$/ })).toBeTruthy();
    expect(await within(section).findByText(/^As last known at /)).toBeTruthy();
  });

  test("it asks at once when the computer is back online", async () => {
    const { backend, section } = await openOffline();
    backend.liveProblem = undefined;
    window.dispatchEvent(new Event("online"));
    await waitFor(() => expect(within(section).queryByRole("alert")).toBeNull());
    expect(await names()).toEqual(["Kenji Watanabe", "Priya Raman", "Noor Haddad"]);
  });
});

describe("the board", () => {
  test("has the id beside a number that stands for the name", async () => {
    const backend = createMemoryBackend({ busy: true });
    for (const item of backend.live) Object.assign(item, { userName: "", userEmail: "+442079460913" });
    const { user } = showApp(backend);
    await user.click(await screen.findByRole("button", { name: "Live" }));
    const board = await screen.findByRole("grid", { name: "Impersonations" });
    for (const header of within(board).getAllByRole("rowheader")) {
      const [upper, lower] = [...header.querySelectorAll("bdi")].map(({ textContent }) => textContent);
      expect(upper).toBe("+442079460913");
      expect(lower).toMatch(/^user_/);
    }
  });

  test("shows the soonest end first, and what ended today below", async () => {
    await openBoard();
    expect(await names()).toEqual(["Kenji Watanabe", "Priya Raman", "Noor Haddad"]);
    const today = screen.getByRole("table", { name: "Ended today" });
    expect(within(today).getAllByRole("rowheader")).toHaveLength(3);
    expect(within(today).getByText("Expired")).toBeTruthy();
    expect(within(today).getByText("Link unused")).toBeTruthy();
  });

  test("End ends at once", async () => {
    const { backend, user } = await openBoard();
    const board = await screen.findByRole("grid", { name: "Impersonations" });
    await user.click(within(board).getByRole("button", { name: "End impersonation of Priya Raman" }));
    expect(backend.calls).toContainEqual(["endImpersonation", "rid_priya"]);
  });

  test("while it is being ended it says so", async () => {
    const { backend, user } = await openBoard();
    backend.hold("endImpersonation");
    const board = await screen.findByRole("grid", { name: "Impersonations" });
    const end = within(board).getByRole("button", { name: "End impersonation of Priya Raman" });
    await user.click(end);
    expect(end.textContent).toBe("Ending…");
    expect(end).toHaveProperty("disabled", true);
  });

  test("rows stay where they are while the pointer is among them", async () => {
    const { backend, user } = await openBoard();
    await user.hover(await screen.findByRole("grid", { name: "Impersonations" }));
    const kenji = backend.live.find(({ id }) => id === "rid_kenji");
    Object.assign(kenji ?? {}, { state: "ended", ended: "unused" });
    await user.keyboard("{F5}");
    await screen.findByText("2 by you");
    expect(await names()).toEqual(["Kenji Watanabe", "Priya Raman", "Noor Haddad"]);
    await user.unhover(screen.getByRole("grid", { name: "Impersonations" }));
    expect(await names()).toEqual(["Priya Raman", "Noor Haddad"]);
  });

  test("an unknown one is found and ended", async () => {
    await openBoard();
    const board = await screen.findByRole("grid", { name: "Impersonations" });
    const end = within(board).getByRole("button", { name: "Check and end impersonation of Noor Haddad" });
    expect(end.textContent).toBe("Check and end");
  });

  test("a link that nobody used is canceled, by that word in the board, the bar and the palette", async () => {
    const { backend, user } = await openBoard();
    const board = await screen.findByRole("grid", { name: "Impersonations" });
    const bar = await screen.findByRole("region", { name: "Live impersonations" });
    for (const place of [board, bar]) {
      const cancel = within(place).getByRole("button", { name: "Cancel link for Kenji Watanabe" });
      expect(cancel.textContent).toBe("Cancel link");
    }
    await user.keyboard("{Control>}k{/Control}");
    await user.click(await screen.findByRole("option", { name: /^Cancel link for Kenji Watanabe/ }));
    expect(await screen.findByText("Link canceled: Kenji Watanabe")).toBeTruthy();
    expect(backend.calls).toContainEqual(["endImpersonation", "rid_kenji"]);
  });

  test("an impersonation that could not be ended says why, and stays", async () => {
    const backend = createMemoryBackend({ busy: true });
    backend.fail("endImpersonation", {
      code: "end_incomplete",
      message: "Not everything could be ended.",
      retry: true,
    });
    const { user } = showApp(backend);
    await user.click(await screen.findByRole("button", { name: "Live" }));
    const board = await screen.findByRole("grid", { name: "Impersonations" });
    await user.click(within(board).getByRole("button", { name: "End impersonation of Priya Raman" }));
    expect((await within(board).findByRole("alert")).textContent).toContain("Not everything could be ended.");
    expect(within(board).getByRole("button", { name: "Try again" })).toBeTruthy();
  });

  test("End all asks with the count", async () => {
    const { backend, user } = await openBoard();
    await names();
    await user.click(screen.getByRole("button", { name: "End all mine" }));
    expect(await screen.findByRole("alertdialog", { name: "End all 3 impersonations?" })).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Keep them" }));
    expect(backend.calls.map(([method]) => method)).not.toContain("endAll");

    await user.click(screen.getByRole("button", { name: "End all mine" }));
    await user.click(await screen.findByRole("button", { name: "End all" }));
    expect(await screen.findByText("3 impersonations ended")).toBeTruthy();
    expect(await screen.findByRole("heading", { name: "Nobody is being impersonated" })).toBeTruthy();
  });

  test("arrows go from row to row, and Delete to the button that ends", async () => {
    const { user } = await openBoard();
    const board = await screen.findByRole("grid", { name: "Impersonations" });
    const rows = within(board).getAllByRole("row");
    rows[1]?.focus();
    await user.keyboard("{ArrowDown}{Delete}");
    expect(document.activeElement?.getAttribute("aria-label")).toBe("End impersonation of Priya Raman");
  });

  test("with nobody live it says what will stand here", async () => {
    const { user } = await openBoard({ busy: false });
    expect(await screen.findByRole("heading", { name: "Nobody is being impersonated" })).toBeTruthy();
    expect(screen.getByRole("button", { name: "End all mine" })).toHaveProperty("disabled", true);
    await user.click(screen.getByRole("button", { name: "Open history" }));
    expect(await screen.findByRole("grid", { name: "Recorded impersonations" })).toBeTruthy();
  });

  test("names the browser, and says since when", async () => {
    const backend = createMemoryBackend({ busy: true });
    backend.browsers = inventBrowsers("Firefox");
    Object.assign(backend.live[1] ?? {}, { browser: "firefox" });
    const { user } = showApp(backend);
    await user.click(await screen.findByRole("button", { name: "Live" }));
    const board = await screen.findByRole("grid", { name: "Impersonations" });
    expect(await within(board).findByText("Firefox")).toBeTruthy();
    expect(within(board).getAllByText(/^since \d\d:\d\d$/).length).toBeGreaterThan(0);
  });

  test("a link that somebody else asked for is an alert", async () => {
    const backend = createMemoryBackend({ busy: true });
    Object.assign(backend.live[3] ?? {}, { ended: "stolen" });
    const { user } = showApp(backend);
    await user.click(await screen.findByRole("button", { name: "Live" }));
    expect((await screen.findByRole("alert")).textContent).toContain(
      "Another program tried to use the link for Ingrid Solheim. It no longer works.",
    );
    expect(screen.getByText("Link taken")).toBeTruthy();
  });

  test("of one from before a restart Clerk is asked who it is", async () => {
    const backend = createMemoryBackend({ busy: true });
    Object.assign(backend.live[2] ?? {}, { userName: "", userEmail: "" });
    const { user } = showApp(backend);
    await user.click(await screen.findByRole("button", { name: "Live" }));
    const board = await screen.findByRole("grid", { name: "Impersonations" });
    expect(await within(board).findByText("Noor Haddad")).toBeTruthy();
  });
});

test("the bar shows what is live in every section and ends it", async () => {
  const { backend, user } = openApp({ busy: true });
  const bar = await screen.findByRole("region", { name: "Live impersonations" });
  expect(within(bar).getByText("Kenji Watanabe")).toBeTruthy();
  expect(within(bar).getByRole("button", { name: "1 more" })).toBeTruthy();
  await user.click(within(bar).getByRole("button", { name: "Cancel link for Kenji Watanabe" }));
  expect(backend.calls).toContainEqual(["endImpersonation", "rid_kenji"]);
  expect(await within(bar).findByText("Noor Haddad")).toBeTruthy();
});
