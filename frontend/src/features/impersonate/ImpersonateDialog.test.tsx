import { act, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createMemoryBackend, type MemoryBackend } from "@/backend/memory/memory";
import { inventBrowsers } from "@/backend/memory/records";
import { sentProblem } from "@/backend/memory/sent";
import { openApp, showApp } from "@/testing/open";
import { asked, focusOnReason, openDialog, sayWhy, submit } from "@/testing/openDialog";

afterEach(() => void vi.useRealTimers());

describe("the dialog", () => {
  test("begins at the reason and goes on in the order of the form", async () => {
    const { user } = openApp();
    const dialog = await openDialog(user);
    const stops = [];
    for (let stop = 0; stop < 7; stop += 1) {
      const { activeElement } = document;
      stops.push(
        activeElement?.closest("fieldset")?.querySelector("legend")?.textContent ?? activeElement?.id,
      );
      await user.tab();
    }
    const reason = within(dialog).getByRole("textbox", { name: "Reason" });
    const [cancel, impersonate] = [screen.getByRole("button", { name: "Cancel" }), submit()];
    const place = within(dialog).getByRole("textbox", { name: /^Open at/ });
    expect(stops).toEqual([
      reason.id,
      "What you can do",
      "Ends after",
      "Open in",
      place.id,
      cancel.id,
      impersonate.id,
    ]);
    expect(within(dialog).getByText("ingrid.solheim@fjordbank.example")).toBeTruthy();
    expect(within(dialog).getByText(/^user_/)).toBeTruthy();
  });

  test("sends what was chosen, once, and tells that it opened", async () => {
    const { backend, user } = openApp();
    const dialog = await openDialog(user);
    await user.keyboard("Ticket 48213");
    await user.click(within(dialog).getByRole("radio", { name: "1 hour" }));
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(await screen.findByText(/^Browser opened for/)).toBeTruthy();
    expect(asked(backend)).toEqual([
      [
        "createActorToken",
        {
          userID: backend.users[2]?.id,
          reason: "Ticket 48213",
          override: "",
          reference: "",
          linkSeconds: 60,
          sessionMinutes: 60,
          browser: "chrome",
          mode: "view_only",
          changesReason: "",
          land: "",
        },
      ],
    ]);
    await expect.poll(() => screen.queryByRole("dialog", { name: /^Impersonate/ })).toBeNull();
    expect(backend.calls.filter(([method]) => method === "openTicket")).toHaveLength(1);
  });

  test("on production a reason is needed: the field takes the focus and says why", async () => {
    const { backend, user } = openApp({ environment: "production" });
    await openDialog(user);
    expect(screen.getByText("Production. View only: changes are held back.")).toBeTruthy();
    await user.click(submit());
    const reason = screen.getByRole("textbox", { name: "Reason" });
    await expect.poll(() => document.activeElement).toBe(reason);
    expect(reason.getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByRole("alert").textContent).toMatch(/^Enter a reason/);
    expect(asked(backend)).toHaveLength(0);
  });

  test("elsewhere a reason is only needed if the settings say so", async () => {
    const backend = createMemoryBackend({ environment: "development" });
    await backend.changeSettings({ reason_always: true });
    const { user } = showApp(backend);
    await openDialog(user);
    await expect.poll(() => screen.queryByText(/^Production\./)).toBeNull();
    await user.click(submit());
    expect(asked(backend)).toHaveLength(0);
  });

  test("without that it goes without", async () => {
    const { backend, user } = openApp({ environment: "development" });
    await openDialog(user);
    await user.click(submit());
    expect(await screen.findByText(/^Browser opened for/)).toBeTruthy();
    expect(asked(backend)).toHaveLength(1);
  });

  test("Esc closes at once when nothing was typed, and asks when something was", async () => {
    const { user } = openApp();
    await openDialog(user);
    await user.keyboard("{Escape}");
    await expect.poll(() => screen.queryByRole("dialog", { name: /^Impersonate/ })).toBeNull();

    await user.click(screen.getByRole("button", { name: "Impersonate…" }));
    await screen.findByRole("dialog", { name: /^Impersonate/ });
    await focusOnReason();
    await user.clear(screen.getByRole("textbox", { name: "Reason" }));
    await user.keyboard("typed{Escape}");
    expect(await screen.findByRole("alertdialog", { name: "Discard what you typed?" })).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Keep editing" }));
    const reason = await screen.findByRole("textbox", { name: "Reason" });
    expect(reason).toHaveProperty("value", "typed");
  });
});

describe("when Clerk refuses", () => {
  test.each([
    ["plan_lacks_impersonation", false],
    ["impersonation_limit", false],
    ["user_gone", false],
    ["key_refused", false],
    ["audit_unwritable", true],
    ["clerk_unreachable", true],
  ] as const)("%s stands in the dialog; trying again is offered: %s", async (code, retry) => {
    const backend = createMemoryBackend();
    backend.fail("createActorToken", { code, message: `Because of ${code}.`, retry, traceID: "trace_9" });
    const { user } = showApp(backend);
    const dialog = await openDialog(user);
    await user.keyboard("Ticket 1");
    await user.click(submit());
    expect((await within(dialog).findByRole("alert")).textContent).toContain(`Because of ${code}.`);
    expect(within(dialog).queryByRole("button", { name: "Try again" }) !== null).toBe(retry);
    expect(within(dialog).getByRole("textbox", { name: "Reason" })).toHaveProperty("value", "Ticket 1");
    expect(asked(backend)).toHaveLength(1);
  });

  test("too many requests count down, and are not sent again by themselves", async () => {
    const backend = createMemoryBackend();
    backend.fail("createActorToken", { code: "clerk_busy", retry: true, retryAfterMS: 30_000 });
    const { user } = showApp(backend);
    const dialog = await openDialog(user);
    await user.keyboard("Ticket 1");
    await user.click(submit());
    expect(await within(dialog).findByRole("button", { name: /^Try again in 0:\d\d$/ })).toBeTruthy();
    expect(asked(backend)).toHaveLength(1);
  });

  test("an operator whom Clerk does not know may be chosen again", async () => {
    const backend = createMemoryBackend();
    backend.fail("createActorToken", { code: "operator_gone" });
    const { user } = showApp(backend);
    await openDialog(user);
    await user.keyboard("Ticket 1");
    await user.click(submit());
    await user.click(await screen.findByRole("button", { name: "Choose who you are" }));
    expect(await screen.findByRole("heading", { name: "Which user are you?" })).toBeTruthy();
  });
});

async function impersonateOn(backend: MemoryBackend) {
  const { user } = showApp(backend);
  await openDialog(user);
  await user.keyboard("Ticket 1");
  await user.click(submit());
  return user;
}

describe("the browsers", () => {
  test("each say what they will do, and the last one used is chosen again", async () => {
    const backend = createMemoryBackend();
    backend.browsers = inventBrowsers("Chrome", "Firefox");
    const { user } = showApp(backend);
    const dialog = await openDialog(user);
    const group = within(dialog).getByRole("group", { name: "Open in" });
    const first = await within(group).findByRole("radio", { name: /^Chrome/ });
    expect(first).toHaveProperty("checked", true);
    await user.click(
      within(group).getByRole("radio", {
        name: /^Firefox.*New private \W?Firefox\W? window.*\s+Can't hold back changes\.$/,
      }),
    );
    await sayWhy(user);
    await user.type(within(dialog).getByRole("textbox", { name: "Reason" }), "Ticket 1");
    await user.click(submit());
    expect(await screen.findByText(/^Browser opened for/)).toBeTruthy();

    await user.click(screen.getByRole("button", { name: "Impersonate…" }));
    expect(await screen.findByRole("radio", { name: /^Firefox/ })).toHaveProperty("checked", true);
  });

  test("that are many stand in a list", async () => {
    const backend = createMemoryBackend();
    backend.browsers = inventBrowsers("Chrome", "Edge", "Brave", "Firefox");
    const { user } = showApp(backend);
    const dialog = await openDialog(user);
    const group = within(dialog).getByRole("group", { name: "Open in" });
    await user.click(await within(group).findByRole("combobox", { name: "Browser" }));
    await user.click(await screen.findByRole("option", { name: "Brave" }));
    expect(await within(group).findByText(/^New private Brave window/)).toBeTruthy();
  });
});

/** Opens the dialog while an impersonation is live in the default browser. */
async function secondInOne(...isolated: string[]) {
  const backend = createMemoryBackend();
  backend.browsers = inventBrowsers(...isolated);
  const { user } = showApp(backend);
  const dialog = await openDialog(user);
  await user.keyboard("Ticket 1");
  await user.click(await within(dialog).findByRole("radio", { name: /^Your default browser/ }));
  await sayWhy(user);
  await user.click(submit());
  await screen.findByText(/^Browser opened for/);
  Object.assign(backend.live[0] ?? {}, { state: "live" });
  await user.click(screen.getByRole("button", { name: "Impersonate…" }));
  const second = await screen.findByRole("dialog", { name: /^Impersonate/ });
  await within(second).findByText(/^Ingrid Solheim is signed in there already/);
  await sayWhy(user);
  return { backend, user, second };
}

describe("a browser that is not isolated and has an impersonation already", () => {
  test("is told before anything is asked of Clerk, and one button ends that and goes on", async () => {
    const { backend, user } = await secondInOne();
    await user.click(submit());
    const end = screen.getByRole("button", { name: /^End Ingrid Solheim and/ });
    await expect.poll(() => document.activeElement).toBe(end);
    expect(asked(backend)).toHaveLength(1);
    await user.keyboard("{Enter}");
    await expect.poll(() => asked(backend)).toHaveLength(2);
    expect(backend.live.map(({ state }) => state)).toEqual(["pending", "ended"]);
  });

  test("nothing is ended while the form lacks something", async () => {
    const { backend, user } = await secondInOne();
    await user.clear(screen.getByRole("textbox", { name: "Reason" }));
    await user.click(screen.getByRole("button", { name: /^End Ingrid Solheim and/ }));
    expect(backend.calls.map(([method]) => method)).not.toContain("endImpersonation");
    await expect.poll(() => document.activeElement).toBe(screen.getByRole("textbox", { name: "Reason" }));
  });

  test("a private window is offered where there is one", async () => {
    const { backend, user, second } = await secondInOne("Firefox");
    await user.click(within(second).getByRole("button", { name: "Use Firefox instead" }));
    expect(within(second).queryByText(/is signed in there already/)).toBeNull();
    await user.click(submit());
    await expect.poll(() => asked(backend)).toHaveLength(2);
    expect(asked(backend)[1]?.[1]).toMatchObject({ browser: "firefox" });
  });
});

describe("copying the link", () => {
  test("is among the ways, says who gets in and until when, and asks for no browser", async () => {
    const backend = createMemoryBackend();
    const { user } = showApp(backend);
    const dialog = await openDialog(user);
    await user.keyboard("Ticket 1");
    await user.click(await within(dialog).findByRole("radio", { name: /^Copy link/ }));
    expect(
      within(dialog).getByText(/^Whoever opens it first is signed in as \W?Ingrid Solheim/),
    ).toBeTruthy();
    await sayWhy(user);
    await user.click(submit());
    expect(await screen.findByText(/^Link copied for \W?Ingrid Solheim/)).toBeTruthy();
    const methods = backend.calls.map(([method]) => method);
    expect(methods).toContain("copyTicketLink");
    expect(methods).not.toContain("openTicket");
  });

  test("is what is chosen where the computer has no browser", async () => {
    const backend = createMemoryBackend();
    backend.browsers = [];
    const user = await impersonateOn(backend);
    await sayWhy(user);
    await user.click(submit());
    expect(await screen.findByText(/^Link copied for/)).toBeTruthy();
  });

  test("is not offered where the rules forbid it", async () => {
    const backend = createMemoryBackend();
    await backend.changeRules({ forbid_copying_links: true });
    backend.fail("openTicket", { code: "browser_failed" });
    const user = await impersonateOn(backend);
    expect(await screen.findByText(/did not open for/)).toBeTruthy();
    expect(screen.queryByText("Copy link")).toBeNull();
    await user.click(screen.getByRole("button", { name: "Cancel link" }));
    await user.click(await screen.findByRole("button", { name: "Impersonate…" }));
    await screen.findByRole("radio", { name: /^Your default browser/ });
    expect(screen.queryByRole("radio", { name: /^Copy link/ })).toBeNull();
  });
});

/** Has Clerk's answer get lost: a token may exist. */
function loseTheAnswer(backend: MemoryBackend) {
  const create = backend.createActorToken.bind(backend);
  backend.createActorToken = async (request, signal) => {
    await create(request, signal);
    const item = backend.live[0];
    if (!item) throw new Error("nothing was created");
    const problem = sentProblem("impersonation_unclear");
    return { ...Object.assign(item, { state: "unknown", problem }) };
  };
}

describe("when Clerk's answer is lost", () => {
  test("that is said with a way to check and end, and nothing is opened or asked again", async () => {
    const backend = createMemoryBackend();
    loseTheAnswer(backend);
    const user = await impersonateOn(backend);
    expect(await screen.findByText(/^Clerk may have created/)).toBeTruthy();
    expect(screen.queryByRole("dialog", { name: /^Impersonate/ })).toBeNull();
    await user.click(screen.getByRole("button", { name: "Check and end" }));
    expect(await screen.findByText(/^Impersonation of \W?Ingrid Solheim\W? ended$/)).toBeTruthy();
    expect(backend.calls.map(([method]) => method)).not.toContain("openTicket");
    expect(asked(backend)).toHaveLength(1);
  });

  test.each(["Cancel", "Esc"])("%s stops the wait", async (way) => {
    const backend = createMemoryBackend();
    backend.hold("createActorToken");
    const user = await impersonateOn(backend);
    expect(await screen.findByText("Asking Clerk…")).toBeTruthy();
    await (way === "Esc"
      ? user.keyboard("{Escape}")
      : user.click(screen.getByRole("button", { name: "Cancel" })));
    await expect.poll(() => screen.queryByRole("dialog", { name: /^Impersonate/ })).toBeNull();
    expect(asked(backend)).toHaveLength(1);
  });
});

describe("the outcome", () => {
  test("a session that waits for the user says for what", async () => {
    const backend = createMemoryBackend();
    const user = await impersonateOn(backend);
    await screen.findByText(/^Browser opened for/);
    Object.assign(backend.live[0] ?? {}, { state: "live", waiting: ["choose-organization"] });
    await user.click(screen.getByRole("button", { name: "Live" }));
    await user.keyboard("{F5}");
    expect(await screen.findByText(/^Waiting for: choose an organization\./)).toBeTruthy();
    expect(await screen.findByText("waiting for: choose an organization")).toBeTruthy();
  });

  test("a link that the rules refuse at its opening says why", async () => {
    const backend = createMemoryBackend();
    const open = backend.openTicket.bind(backend);
    backend.fail("openTicket", {
      code: "user_protected",
      message: "This user is protected. So the link was canceled and not opened.",
    });
    backend.openTicket = (id, browser) => {
      Object.assign(backend.live[0] ?? {}, { state: "ended", ended: "refused" });
      return open(id, browser);
    };
    await impersonateOn(backend);
    expect(await screen.findByText(/So the link was canceled and not opened\.$/)).toBeTruthy();
  });

  test("while the browser starts it says so, here and on the board", async () => {
    const backend = createMemoryBackend();
    const release = backend.hold("openTicket");
    const user = await impersonateOn(backend);
    expect(await screen.findByText(/^Opening the browser for/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Live" }));
    const board = await screen.findByRole("grid", { name: "Impersonations" });
    expect(await within(board).findByText("Opening…")).toBeTruthy();
    release();
    expect(await screen.findByText(/^Browser opened for/)).toBeTruthy();
    expect(await within(board).findByText("Pending")).toBeTruthy();
  });

  test("a link that somebody else asked for is told", async () => {
    const backend = createMemoryBackend();
    const user = await impersonateOn(backend);
    await screen.findByText(/^Browser opened for/);
    Object.assign(backend.live[0] ?? {}, { state: "ended", ended: "stolen" });
    await user.click(screen.getByRole("button", { name: "Live" }));
    await user.keyboard("{F5}");
    expect(
      await screen.findByText(/^Another program tried to use the link for \W?Ingrid Solheim\W?$/),
    ).toBeTruthy();
  });

  test("an unused link can be revoked", async () => {
    const backend = createMemoryBackend();
    const user = await impersonateOn(backend);
    await user.click(await screen.findByRole("button", { name: "Cancel link" }));
    expect(await screen.findByText(/^Impersonation of \W?Ingrid Solheim\W? ended$/)).toBeTruthy();
    expect(backend.live[0]).toMatchObject({ state: "ended", ended: "operator" });
  });

  test("a browser that did not open can be tried again, on the same token", async () => {
    const backend = createMemoryBackend();
    backend.browsers = inventBrowsers("Chrome").slice(0, 1);
    backend.fail("openTicket", { code: "browser_failed", message: "The browser did not open." });
    const user = await impersonateOn(backend);
    expect(await screen.findByText(/^Chrome did not open for/)).toBeTruthy();
    expect(screen.getByRole("alert").textContent).toContain("The browser did not open.");

    backend.mend("openTicket");
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText(/^Browser opened for/)).toBeTruthy();
    expect(asked(backend)).toHaveLength(1);
  });

  test("or in another browser, on the same token", async () => {
    const backend = createMemoryBackend();
    backend.browsers = inventBrowsers("Chrome", "Firefox");
    backend.fail("openTicket", { code: "handoff_failed" });
    const user = await impersonateOn(backend);
    const others = await screen.findByRole("group", { name: "Open it in" });
    expect(
      within(others)
        .getAllByRole("radio")
        .map((radio) => radio.closest("label")?.textContent),
    ).toEqual([
      expect.stringMatching(/^Firefox/),
      expect.stringMatching(/^Your default browser/),
      "ChromeTry once more.",
      expect.stringMatching(/^Copy link/),
    ]);
    backend.mend("openTicket");
    await user.click(screen.getByRole("button", { name: "Open in Firefox" }));
    expect(await screen.findByText(/^Browser opened for/)).toBeTruthy();
    expect(backend.calls.filter(([method]) => method === "openTicket").at(-1)?.[2]).toBe("firefox");
    expect(asked(backend)).toHaveLength(1);
  });

  test("or the link be copied through Go", async () => {
    const backend = createMemoryBackend();
    backend.fail("openTicket", { code: "browser_missing" });
    const user = await impersonateOn(backend);
    await user.click(await screen.findByRole("radio", { name: /^Copy link/ }));
    await user.click(screen.getByRole("button", { name: "Copy link" }));
    expect(await screen.findByText(/^Link copied for/)).toBeTruthy();
    expect(backend.calls.map(([method]) => method)).toContain("copyTicketLink");
  });

  test("and after the link ran out everything is kept for another", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const backend = createMemoryBackend();
    backend.browsers = inventBrowsers("Chrome", "Firefox");
    await backend.changeRules({ reason: { reference: "\\d+" } });
    backend.fail("openTicket", { code: "browser_failed" });
    const { user } = showApp(backend);
    const dialog = await openDialog(user);
    await user.keyboard("Ticket 1");
    await user.type(within(dialog).getByRole("textbox", { name: "Reference" }), "48213");
    await user.click(within(dialog).getByRole("radio", { name: "1 hour" }));
    await user.click(await within(dialog).findByRole("radio", { name: /^Firefox/ }));
    await sayWhy(user);
    await user.click(submit());
    expect(await screen.findByText(/^Firefox did not open for/)).toBeTruthy();
    await act(() => vi.advanceTimersByTimeAsync(61_000));
    expect(screen.getByText("The link expired unused")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Impersonate again" }));
    const again = await screen.findByRole("dialog", { name: /^Impersonate/ });
    expect(within(again).getByRole("textbox", { name: "Reason" })).toHaveProperty("value", "Ticket 1");
    expect(within(again).getByRole("textbox", { name: "Reference" })).toHaveProperty("value", "48213");
    expect(within(again).getByRole("radio", { name: "1 hour" })).toHaveProperty("checked", true);
    expect(await within(again).findByRole("radio", { name: /^Firefox/ })).toHaveProperty("checked", true);
    expect(screen.queryByText("The link expired unused")).toBeNull();
  });
});
