import { screen, within } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { createMemoryBackend, type MemoryBackend, type MemoryOptions } from "@/backend/memory/memory";
import { sentProblem } from "@/backend/memory/sent";
import { showApp } from "@/testing/open";
import { askForDialog, openDialog, submit } from "@/testing/openDialog";
import { sentence } from "@/text/sentence";

const configured = { clientID: "cl_acme", users: 60 };

/** Opens the window, and the dialog from the foot of the sidebar. */
async function openSignIn(
  options: MemoryOptions,
  prepare: (backend: MemoryBackend) => void = () => undefined,
) {
  const backend = createMemoryBackend(options);
  prepare(backend);
  const { user } = showApp(backend);
  await user.click(await screen.findByRole("button", { name: "You are Maya Lindqvist, unverified" }));
  await user.click(await screen.findByRole("menuitem", { name: "Sign in with Clerk…" }));
  return { backend, user };
}

const called = (backend: MemoryBackend, wanted: string) =>
  backend.calls.filter(([method]) => method === wanted).length;

describe("Sign in with Clerk", () => {
  test("the application is created only after saying what it is", async () => {
    const { backend, user } = await openSignIn({ users: 60 });
    const dialog = await screen.findByRole("dialog", { name: "Set up sign-in with Clerk" });
    for (const said of ["Understudy", "openid profile email", "http://127.0.0.1:21847/callback"])
      expect(within(dialog).getByText(said)).toBeTruthy();
    expect(called(backend, "createSignInApplication")).toBe(0);

    const create = within(dialog).getByRole("button", { name: "Create it at Clerk" });
    await expect.poll(() => document.activeElement).toBe(create);
    await user.click(create);
    expect(await screen.findByText("cl_memory")).toBeTruthy();
    expect(called(backend, "createSignInApplication")).toBe(1);
    expect(called(backend, "signInOperator")).toBe(0);
  });

  test("an application that Clerk does not create is told, and not asked for again by itself", async () => {
    const { backend, user } = await openSignIn({ users: 60 }, (b) =>
      b.fail("createSignInApplication", { code: "clerk_forbidden", message: "Clerk does not allow this." }),
    );
    await user.click(await screen.findByRole("button", { name: "Create it at Clerk" }));
    expect((await screen.findByRole("alert")).textContent).toContain("Clerk does not allow this.");
    expect(called(backend, "createSignInApplication")).toBe(1);
  });

  test("an application that exists is taken by its client ID", async () => {
    const { backend, user } = await openSignIn({ users: 60 });
    await user.click(await screen.findByRole("button", { name: "Use an existing one…" }));
    await user.click(await screen.findByRole("button", { name: "Use it" }));
    expect((await screen.findByRole("alert")).textContent).toBe("Paste the client ID.");
    await user.type(screen.getByRole("textbox", { name: "Client ID" }), " cl_theirs {Enter}");
    expect(await screen.findByText("cl_theirs")).toBeTruthy();
    expect(backend.calls).toContainEqual(["setSignInClient", "cl_theirs"]);
    expect(called(backend, "createSignInApplication")).toBe(0);
  });

  test("the foot of the sidebar says since when it is proven", async () => {
    const { user } = await openSignIn(configured);
    await user.click(await screen.findByRole("button", { name: "Open the browser" }));
    const menu = await screen.findByRole("button", {
      name: /^You are Maya Lindqvist, verified \d\d:\d\d$/,
    });
    expect(screen.queryByRole("dialog")).toBeNull();
    await user.click(menu);
    expect(await screen.findByText("Signed in as Maya Lindqvist")).toBeTruthy();
    expect(await screen.findByRole("menuitem", { name: "Sign in again…" })).toBeTruthy();
  });

  test.each([
    ["before anything is opened", false],
    ["while nothing shows up", true],
  ])("the link to the page can be copied %s", async (_, waiting) => {
    const { backend, user } = await openSignIn(configured, (b) => {
      b.hold("signInOperator");
      b.hold("signInByLink");
    });
    if (waiting) {
      await user.click(await screen.findByRole("button", { name: "Open the browser" }));
      await screen.findByRole("dialog", { name: "Waiting for your browser" });
    }
    await user.click(await screen.findByRole("button", { name: "Copy link" }));
    const dialog = await screen.findByRole("dialog", { name: "Waiting for you to sign in" });
    expect(within(dialog).getByText(/^The link is on your clipboard\./)).toBeTruthy();
    expect(within(dialog).queryByRole("button", { name: "Copy link" })).toBeNull();
    expect(called(backend, "signInByLink")).toBe(1);
  });

  test("a browser that did not open leaves the link to copy", async () => {
    const { backend, user } = await openSignIn(configured, (b) =>
      b.fail("signInOperator", { code: "browser_failed", next: "Try again, or copy the link.", retry: true }),
    );
    await user.click(await screen.findByRole("button", { name: "Open the browser" }));
    expect((await screen.findByRole("alert")).textContent).toContain("or copy the link.");
    await user.click(screen.getByRole("button", { name: "Copy link" }));
    expect(await screen.findByRole("button", { name: /^You are Maya Lindqvist, verified/ })).toBeTruthy();
    expect(called(backend, "signInByLink")).toBe(1);
  });

  test("a wait can be cancelled, and begun anew", async () => {
    const { backend, user } = await openSignIn(configured, (b) => void b.hold("signInOperator"));
    await user.click(await screen.findByRole("button", { name: "Open the browser" }));
    const dialog = await screen.findByRole("dialog", { name: "Waiting for your browser" });
    expect(within(dialog).getByText(/^[45]:\d\d$/)).toBeTruthy();
    const cancel = within(dialog).getByRole("button", { name: /Cancel/ });
    await expect.poll(() => document.activeElement).toBe(cancel);
    await user.click(cancel);
    await user.click(await screen.findByRole("button", { name: "Open the browser" }));
    await screen.findByRole("dialog", { name: "Waiting for your browser" });
    expect(called(backend, "signInOperator")).toBe(2);
  });

  test("a failure stays in the dialog, with a way on", async () => {
    const { backend, user } = await openSignIn(configured, (b) =>
      b.fail("signInOperator", { code: "sign_in_timed_out", message: "Nobody signed in.", retry: true }),
    );
    await user.click(await screen.findByRole("button", { name: "Open the browser" }));
    expect((await screen.findByRole("alert")).textContent).toContain("Nobody signed in.");
    backend.mend("signInOperator");
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("button", { name: /, verified/ })).toBeTruthy();
  });

  test("that somebody else signed in than was picked is said", async () => {
    const { user } = await openSignIn(configured, (b) => {
      b.atTheBrowser = b.users.find((one) => one.name === "Priya Raman");
    });
    await user.click(await screen.findByRole("button", { name: "Open the browser" }));
    const dialog = await screen.findByRole("dialog", { name: /You are signed in as .*Priya Raman/ });
    expect(within(dialog).getByText(/You had selected .*Maya Lindqvist/)).toBeTruthy();
    await user.click(within(dialog).getByRole("button", { name: "Done" }));
    expect(await screen.findByRole("button", { name: /^You are Priya Raman, verified/ })).toBeTruthy();
  });

  test("an objection against the operator is said at once", async () => {
    const { user } = await openSignIn(configured, (b) => {
      const of = { organization: "Support", permission: "org:x:y" };
      b.objection = sentProblem("permission_missing", sentence("permission_missing.outside", of));
    });
    await user.click(await screen.findByRole("button", { name: "Open the browser" }));
    expect((await screen.findByRole("alert")).textContent).toContain("You are not in Support, where");
    expect(await screen.findByRole("dialog", { name: /You are signed in as/ })).toBeTruthy();
  });

  test("a sign-in that ran out is unverified, without asking Go", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      const { user } = await openSignIn(configured);
      await user.click(await screen.findByRole("button", { name: "Open the browser" }));
      expect(await screen.findByRole("button", { name: /^You are Maya Lindqvist, verified/ })).toBeTruthy();
      vi.setSystemTime(Date.now() + 12 * 3_600_000 + 1_000);
      expect(await screen.findByRole("button", { name: "You are Maya Lindqvist, unverified" })).toBeTruthy();
    } finally {
      vi.useRealTimers();
    }
  });

  test("where it is required, the dialog that was refused leads to it and stays", async () => {
    const backend = createMemoryBackend({ ...configured, history: 12 });
    const required = { ...problem, code: "sign_in_required", message: "You have to sign in first." } as const;
    backend.fail("createActorToken", required);
    const { user } = showApp(backend);
    await openDialog(user);
    await user.keyboard("Ticket 7");
    await user.click(submit());
    expect((await screen.findByRole("alert")).textContent).toContain("You have to sign in first.");
    backend.mend("createActorToken");
    await user.click(screen.getByRole("button", { name: "Sign in with Clerk…" }));
    await user.click(await screen.findByRole("button", { name: "Open the browser" }));
    const reason = await screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Reason" });
    expect(reason.value).toBe("Ticket 7");
    await user.click(submit());
    await expect.poll(() => called(backend, "openTicket")).toBe(1);
  });

  test("where it is required, that is said before anything is typed", async () => {
    const backend = createMemoryBackend({ ...configured, history: 12 });
    backend.findings = [
      {
        rule: "sign_in",
        effect: "refuse",
        name: sentence("finding.sign_in"),
        sentence: sentence("sign_in_required.next"),
        until: "",
      },
    ];
    const { user } = showApp(backend);
    const dialog = await askForDialog(user);
    expect(await within(dialog).findByText("This instance requires a verified operator.")).toBeTruthy();
    backend.findings = [];
    await user.click(within(dialog).getByRole("button", { name: "Sign in with Clerk…" }));
    await user.click(await screen.findByRole("button", { name: "Open the browser" }));
    await expect.poll(() => screen.queryByText("This instance requires a verified operator.")).toBeNull();
    expect(await screen.findByRole("textbox", { name: "Reason" })).toBeTruthy();
  });

  test("users whom the rules hide are not drawn, and what is missing is named", async () => {
    const backend = createMemoryBackend(configured);
    const missing = { ...problem, message: "You do not have org:dashboard:access in “Support”." };
    backend.fail("listUsers", missing);
    const { user } = showApp(backend);
    expect(await screen.findByRole("heading", { name: "You don't have access to the users" })).toBeTruthy();
    expect((await screen.findByRole("alert")).textContent).toContain(missing.message);
    expect(screen.queryByRole("grid")).toBeNull();
    backend.mend("listUsers");
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("grid", { name: "Users" })).toBeTruthy();
  });

  test("the menu and the palette open it too", async () => {
    const backend = createMemoryBackend(configured);
    const { user } = showApp(backend);
    await screen.findByRole("grid", { name: "Users" });
    backend.choose("signIn");
    expect(await screen.findByRole("dialog", { name: "Sign in with Clerk" })).toBeTruthy();
    await user.keyboard("{Escape}");
    await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
    await user.keyboard("{Control>}k{/Control}");
    await user.click(await screen.findByRole("option", { name: "Sign in with Clerk" }));
    expect(await screen.findByRole("dialog", { name: "Sign in with Clerk" })).toBeTruthy();
  });
});

const problem = {
  code: "permission_missing",
  message: "",
  next: "",
  retry: true,
  traceID: "",
  retryAfterMS: 0,
  request: "",
  status: 0,
  call: "",
} as const;
