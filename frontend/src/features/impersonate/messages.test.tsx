import { QueryClientProvider } from "@tanstack/react-query";
import { act, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ActionProvider, useAction } from "@/actions/ActionProvider";
import { BackendProvider } from "@/backend/BackendProvider";
import { createMemoryBackend, type MemoryBackend } from "@/backend/memory/memory";
import { inventBrowsers } from "@/backend/memory/records";
import { openApp } from "@/testing/open";
import { openDialog, submit } from "@/testing/openDialog";
import { ToastProvider } from "@/ui/Toast";
import { liveQuery } from "@/workspace/queries";
import { createQueryClient } from "@/workspace/queryClient";
import { WorkspaceProvider } from "@/workspace/workspace";
import { StartedMessages } from "./StartedMessages";
import { StartedProvider, useStarted } from "./started";

const nothing = (): void => undefined;

const messages = () => screen.getByRole("region", { name: "Messages" });
const cards = () => within(messages()).queryAllByRole("group");

/** Shows the corner of the window alone, with so many impersonations begun, each of another user. */
async function begun(count: number, prepare: (backend: MemoryBackend) => void = () => undefined) {
  const backend = createMemoryBackend({ users: 60 });
  backend.browsers = inventBrowsers("Chrome", "Firefox");
  prepare(backend);
  const [start, operator] = await Promise.all([backend.start(), backend.operator()]);
  const [instance] = start.instances;
  if (instance === undefined) throw new Error("the memory backend has no instance");
  const navigate = vi.fn<(section: string) => void>();
  const workspace = {
    start,
    instance,
    operator,
    navigate,
    showUsers: nothing,
    impersonate: nothing,
    allow: nothing,
    connectAnother: nothing,
    switchTo: nothing,
    described: nothing,
    stay: nothing,
    askForKey: nothing,
    signIn: nothing,
    identifyAgain: nothing,
    askToForget: nothing,
  };
  const endAll = vi.fn<() => void>();
  const queries = createQueryClient();
  let started: ReturnType<typeof useStarted> | undefined;
  function Hold() {
    started = useStarted();
    useAction("endAll", endAll);
    return null;
  }
  render(
    <BackendProvider backend={backend}>
      <ActionProvider>
        <QueryClientProvider client={queries}>
          <WorkspaceProvider value={workspace}>
            <StartedProvider>
              <ToastProvider first={<StartedMessages />}>
                <main tabIndex={-1} />
                <Hold />
              </ToastProvider>
            </StartedProvider>
          </WorkspaceProvider>
        </QueryClientProvider>
      </ActionProvider>
    </BackendProvider>,
  );
  const begin = async (index: number, browser = "chrome") => {
    const user = backend.users[index + 2];
    if (!user) throw new Error("too few users");
    const request = {
      userID: user.id,
      reason: "Ticket 1",
      override: "",
      reference: "",
      linkSeconds: 60,
      sessionMinutes: 30,
      browser,
      mode: "",
      changesReason: "",
      land: "",
    };
    const created = await backend.createActorToken(request, new AbortController().signal);
    await act(async () => {
      started?.begin({ user, request, created });
      await vi.advanceTimersByTimeAsync(50);
    });
  };
  for (let index = 0; index < count; index += 1) await begin(index);
  /** Has these sessions begin, and the window find out. */
  const signIn = async (items = backend.live) => {
    for (const item of items) item.state = "live";
    await act(async () => {
      void queries.invalidateQueries(liveQuery(backend));
      await vi.advanceTimersByTimeAsync(50);
    });
  };
  return { backend, begin, signIn, navigate, endAll };
}

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));

describe("the message of an impersonation", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("stays until the user is signed in, and goes 6 s after that", async () => {
    const { signIn } = await begun(1);
    expect(screen.getByText(/^Browser opened for \W?Ingrid/)).toBeTruthy();
    await pass(20_000);
    expect(cards()).toHaveLength(1);
    await signIn();
    expect(screen.getByText(/^Signed in as \W?Ingrid/)).toBeTruthy();
    await pass(5_900);
    expect(cards()).toHaveLength(1);
    await pass(200);
    expect(cards()).toHaveLength(0);
  });

  test.each([
    [
      "the pointer",
      (card: HTMLElement) => void fireEvent.pointerEnter(card),
      (card: HTMLElement) => void fireEvent.pointerLeave(card),
    ],
    [
      "the focus",
      (card: HTMLElement) => within(card).getByRole("button", { name: "Close" }).focus(),
      (card: HTMLElement) => within(card).getByRole("button", { name: "Close" }).blur(),
    ],
  ])("waits while %s is in it", async (_, enter, leave) => {
    const { signIn } = await begun(1);
    await signIn();
    act(() => enter(cards()[0] ?? document.body));
    await pass(60_000);
    expect(cards()).toHaveLength(1);
    act(() => leave(cards()[0] ?? document.body));
    await pass(6_100);
    expect(cards()).toHaveLength(0);
  });

  test("gives the focus to the window when it is closed, and keeps it when it changes", async () => {
    const { signIn } = await begun(1);
    act(() => within(messages()).getByRole("button", { name: "Cancel link" }).focus());
    await signIn();
    expect(messages().contains(document.activeElement)).toBe(true);
    fireEvent.keyDown(document.activeElement ?? document.body, { key: "Escape" });
    expect(cards()).toHaveLength(0);
    expect(document.activeElement).toBe(screen.getByRole("main"));
  });

  test("several become one list of at most four, and say how many more there are", async () => {
    const { signIn, navigate } = await begun(6);
    expect(screen.getByText("6 impersonations")).toBeTruthy();
    expect(cards()).toHaveLength(1);
    expect(within(messages()).getAllByRole("listitem")).toHaveLength(4);
    await signIn();
    expect(screen.getByText("Signed in as 6 users")).toBeTruthy();
    fireEvent.click(within(messages()).getByRole("button", { name: "2 more" }));
    expect(navigate).toHaveBeenCalledWith("live");
    await pass(6_100);
    expect(cards()).toHaveLength(0);
  });

  test("all that runs can be ended from the list, by how many there are", async () => {
    const { signIn, endAll } = await begun(3);
    await signIn();
    fireEvent.click(within(messages()).getByRole("button", { name: "End all 3…" }));
    expect(endAll).toHaveBeenCalledOnce();
  });

  test("a message that needs a decision comes first, says so, and stays", async () => {
    const { backend, begin, signIn } = await begun(2);
    backend.fail("openTicket", { code: "browser_failed", message: "The browser did not open." });
    await begin(2);
    await begin(3);
    expect(screen.getByText(/^Chrome did not open for .*, and 3 more$/)).toBeTruthy();
    await signIn(backend.live.slice(2));
    fireEvent.click(within(messages()).getAllByRole("button", { name: /^Choose…/ })[0] ?? document.body);
    expect(within(messages()).getByRole("group", { name: "Open it in" })).toBeTruthy();
    fireEvent.click(within(messages()).getByRole("button", { name: "Back to the list" }));
    await pass(6_100);
    expect(within(messages()).getAllByRole("listitem")).toHaveLength(2);
    await pass(56_000);
    expect(screen.getByText(/^The link expired unused, and 1 more$/)).toBeTruthy();
  });
});

const shown = async (signsIn: MemoryBackend["signsIn"]) => {
  await begun(1, (backend) => void Object.assign(backend, { signsIn }));
  await pass(5_000);
  return { card: messages().textContent.replaceAll(/[\u2066-\u2069]/g, "") };
};

describe("the browser that is held", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("shows the sign-in before Clerk says so, with the mode", async () => {
    const { card } = await shown({ signIn: "accepted" });
    expect(card).toContain("Signed in as Ingrid Solheim");
    expect(card).toContain("View only: changes are held back.");
  });

  test.each([
    ["actor_token_already_used_code", "The link was already used."],
    ["actor_token_revoked_code", "The link was canceled before the browser used it."],
    ["ticket_expired_code", "The link expired before the browser used it."],
    ["ticket_invalid_code", "Clerk doesn't know the link."],
    ["session_creation_not_allowed", "Another impersonation is still signed in in that browser."],
    ["odd_code", "Clerk refused to sign in with the link.", "odd_code"],
  ])("shows a refusal by %s, which has a sentence and a way on", async (signInCode, ...said) => {
    const { card } = await shown({ signIn: "refused", signInCode });
    expect(card).toContain("Clerk refused the link for Ingrid Solheim");
    for (const words of said) expect(card).toContain(words);
    expect(within(messages()).getByRole("button", { name: "Impersonate again" })).toBeTruthy();
    await pass(20_000);
    expect(cards()).toHaveLength(1);
  });

  test("shows a sign-in page that does nothing with the link", async () => {
    const { card } = await shown({ signIn: "unfinished" });
    expect(card).toContain("The sign-in page hasn't used the link for Ingrid Solheim");
    expect(within(messages()).getByRole("button", { name: "Cancel link" })).toBeTruthy();
  });

  test("shows nothing where nobody watches", async () => {
    const { begin } = await begun(0);
    await begin(0, "firefox");
    expect(messages().textContent).toContain("Understudy can't watch it.");
  });
});

describe("in the window", () => {
  test("it never takes the focus, and F6 reaches it and goes on", async () => {
    const { user } = openApp();
    await openDialog(user);
    await user.keyboard("Ticket 1");
    await user.click(submit());
    await screen.findByText(/^Browser opened for/);
    expect(messages().contains(document.activeElement)).toBe(false);
    const panes = new Set<Element | null>();
    for (let press = 0; press < 8; press += 1) {
      await user.keyboard("{F6}");
      panes.add(document.activeElement?.closest("[data-pane]") ?? null);
    }
    expect(panes.has(messages())).toBe(true);
    expect(panes.size).toBeGreaterThan(2);
    expect(panes.has(null)).toBe(false);
  });
});
