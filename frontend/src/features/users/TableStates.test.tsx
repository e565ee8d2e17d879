import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { Activity } from "react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { BackendProvider } from "@/backend/BackendProvider";
import { createMemoryBackend } from "@/backend/memory/memory";
import { type Problem, problemOf } from "@/backend/problem";
import { renderUsers, row } from "./renderUsers";
import { LoadNotice } from "./TableStates";

const unreachable: Partial<Problem> = {
  code: "clerk_unreachable",
  message: "Clerk cannot be reached.",
  next: "Check your connection. Nothing was lost.",
  retry: true,
};
const busy: Partial<Problem> = {
  code: "clerk_busy",
  message: "Clerk is busy.",
  next: "It asks to wait a moment.",
  retry: true,
  retryAfterMS: 9000,
};

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("rows that do not come", () => {
  test("take their number with them when they are hidden", async () => {
    const { user, backend } = await renderUsers();
    await screen.findByText("2,500 users");
    backend.fail("listUsers", {
      code: "permission_missing",
      message: "You may not see users.",
      next: "",
      retry: false,
    });
    await user.type(screen.getByRole("searchbox"), "wei{Enter}");
    await waitFor(() => expect(screen.queryByRole("grid")).toBeNull());
    await waitFor(() => expect(screen.queryByText("2,500 users")).toBeNull());
  });

  test("are said where they are missing with what to do, and those before stay", async () => {
    const { user, backend } = await renderUsers();
    await row("Noor Haddad");
    backend.fail("listUsers", unreachable);
    await user.click(screen.getByRole("button", { name: "Refresh" }));
    expect((await screen.findByRole("alert")).textContent).toMatch(
      /^Clerk cannot be reached\.Check your connection\. Nothing was lost\. Showing users as of .+\.$/,
    );
    expect(screen.getByRole("rowheader", { name: "Noor Haddad" })).toBeTruthy();
    backend.mend("listUsers");
    await user.click(screen.getByRole("button", { name: /^Try again in 0:\d\d$/ }));
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  });

  test("of the search before are not taken for the answer", async () => {
    const { user, backend } = await renderUsers();
    await row("Noor Haddad");
    backend.fail("listUsers", unreachable);
    await user.type(screen.getByRole("searchbox"), "wei{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain(
      "These rows are from the previous search.",
    );
    expect(screen.getByRole("rowheader", { name: "Noor Haddad" })).toBeTruthy();
  });

  test("come by themselves after a while, which is said", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { backend, asked } = await renderUsers({}, (prepared) => prepared.fail("listUsers", unreachable));
    expect(await screen.findByRole("button", { name: /^Try again in 0:\d\d$/ })).toBeTruthy();
    backend.mend("listUsers");
    expect(asked()).toHaveLength(1);
    await act(() => vi.advanceTimersByTimeAsync(10_000));
    expect(await row("Noor Haddad")).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  });

  test("come at once when Clerk answers again", async () => {
    const { backend } = await renderUsers({}, (prepared) =>
      prepared.fail("listUsers", {
        code: "key_refused",
        message: "Clerk did not accept this key.",
        retry: false,
      }),
    );
    expect(await screen.findByRole("button", { name: "Replace key…" })).toBeTruthy();
    backend.mend("listUsers");
    act(() => backend.answerAgain());
    expect(await row("Noor Haddad")).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  });

  test("come by themselves when the computer is back online", async () => {
    vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    const { backend, asked } = await renderUsers({}, (prepared) => prepared.fail("listUsers", unreachable));
    expect((await screen.findByRole("alert")).textContent).toContain(
      "Nothing was lost. They load as soon as you are online.",
    );
    backend.mend("listUsers");
    expect(asked()).toHaveLength(1);
    // The notice listens a moment after it is shown.
    await waitFor(() => {
      fireEvent(window, new Event("online"));
      expect(asked()).toHaveLength(2);
    });
    expect(await row("Noor Haddad")).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  });

  test("come by themselves after the wait that Clerk asks for, which is said", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { backend, asked } = await renderUsers({}, (prepared) => prepared.fail("listUsers", busy));
    expect(await screen.findByRole("button", { name: /^Try again in 0:\d\d$/ })).toBeTruthy();
    expect(screen.getByText("It asks to wait a moment.")).toBeTruthy();
    backend.mend("listUsers");
    fireEvent(window, new Event("online"));
    expect(asked()).toHaveLength(1);
    await act(() => vi.advanceTimersByTimeAsync(9000));
    expect(await row("Noor Haddad")).toBeTruthy();
  });

  test("are waited for from the failure on, also when the screen was left meanwhile", () => {
    vi.useFakeTimers();
    const backend = createMemoryBackend();
    const retried: number[] = [];
    const onRetry = (): void => void retried.push(Date.now());
    const screenOf = (mode: "visible" | "hidden") => (
      <BackendProvider backend={backend}>
        <Activity mode={mode}>
          <LoadNotice problem={problemOf(busy)} asOf={0} stale={false} onRetry={onRetry} />
        </Activity>
      </BackendProvider>
    );
    const failedAt = Date.now();
    const { rerender } = render(screenOf("visible"));
    act(() => void vi.advanceTimersByTime(2000));
    rerender(screenOf("hidden"));
    act(() => void vi.advanceTimersByTime(3000));
    rerender(screenOf("visible"));
    act(() => void vi.advanceTimersByTime(3999));
    expect(retried).toEqual([]);
    act(() => void vi.advanceTimersByTime(1));
    expect(retried).toEqual([failedAt + 9000]);
  });
});
