import { screen, within } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { createMemoryBackend, type MemoryBackend } from "@/backend/memory/memory";
import { inventFindings } from "@/backend/memory/records";
import { sentProblem } from "@/backend/memory/sent";
import type { RulesPatch } from "@/backend/settings";
import { showApp } from "@/testing/open";
import { asked, askForDialog, openDialog, submit } from "@/testing/openDialog";
import { sentence } from "@/text/sentence";

async function withRules(some: RulesPatch, managed: string[] = []): Promise<MemoryBackend> {
  const backend = createMemoryBackend({ managed });
  await backend.changeRules(some);
  return backend;
}

const box = (name: string) => screen.findByRole("textbox", { name });

describe("a finding", () => {
  test("is said beforehand, and a protected user needs a second reason", async () => {
    const backend = createMemoryBackend();
    backend.findings = inventFindings("ask", Date.now()).filter(({ effect }) => effect !== "unchecked");
    const { user } = showApp(backend);
    const dialog = await openDialog(user);
    const list = await within(dialog).findByRole("list", { name: "Before you impersonate" });
    expect(within(list).getByText("Admin of Meridian Health")).toBeTruthy();
    expect(within(list).getByText("Jonas Weber is signed in as this user")).toBeTruthy();
    expect(within(list).getByText(/^2[34]:\d\d$/)).toBeTruthy();

    await user.type(await box("Reason"), "Ticket 1");
    await user.click(submit());
    const why = await box("Why this protected user?");
    await expect.poll(() => document.activeElement).toBe(why);
    expect((await screen.findByRole("alert")).textContent).toMatch(/why you need this account/);
    expect(asked(backend)).toHaveLength(0);

    await user.type(why, "Only admins see the import log");
    expect(screen.queryByRole("alert")).toBeNull();
    await user.click(submit());
    expect(await screen.findByText(/^Browser opened for/)).toBeTruthy();
    expect(asked(backend)[0]?.[1]).toMatchObject({
      reason: "Ticket 1",
      override: "Only admins see the import log",
    });
  });

  test("where the rules refuse there is no form, only why and the way out", async () => {
    const backend = createMemoryBackend();
    backend.findings = inventFindings("refuse", Date.now());
    const { user } = showApp(backend);
    const dialog = await askForDialog(user);
    await within(dialog).findByText("Must not be impersonated");
    await expect.poll(() => within(dialog).queryAllByRole("textbox")).toEqual([]);
    expect(within(dialog).queryAllByRole("radio")).toEqual([]);
    expect(screen.queryByRole("button", { name: "Impersonate" })).toBeNull();
    const close = within(dialog).getByRole("button", { name: "Close" });
    await expect.poll(() => document.activeElement).toBe(close);
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(asked(backend)).toEqual([]);
    await user.keyboard("{Enter}");
    await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
  });

  test.each(["at once", "later", "below another dialog"])(
    "an operator who signs in writes the reason next: the form comes back %s",
    async (when) => {
      const backend = createMemoryBackend({ clientID: "cl_acme" });
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
      await user.click(await within(dialog).findByRole("button", { name: "Sign in with Clerk…" }));
      const open = await screen.findByRole("button", { name: "Open the browser" });
      backend.findings = [];
      const release = when === "later" ? backend.hold("preflight") : undefined;
      if (when === "below another dialog") backend.objection = sentProblem("audit_unwritable");
      await user.click(open);
      if (when === "below another dialog") {
        const done = await screen.findByRole("button", { name: "Done" });
        await vi.waitUntil(() => within(dialog).queryByText(/Sign in with Clerk first/) === null);
        await user.click(done);
      }
      await expect.poll(() => screen.getAllByRole("dialog")).toEqual([dialog]);
      release?.();
      const reason = await box("Reason");
      await expect.poll(() => document.activeElement).toBe(reason);
    },
  );

  test("text that was typed before the refusal arrived does not hinder closing", async () => {
    const backend = createMemoryBackend();
    backend.findings = inventFindings("refuse", Date.now());
    const release = backend.hold("preflight");
    const { user } = showApp(backend);
    const dialog = await askForDialog(user);
    await user.type(await box("Reason"), "Ticket 1");
    release();
    const close = await within(dialog).findByRole("button", { name: "Close" });
    await expect.poll(() => document.activeElement).toBe(close);
    await user.click(close);
    await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
    expect(screen.queryByRole("alertdialog")).toBeNull();
  });

  test("a check that failed says so, and can be tried again", async () => {
    const backend = createMemoryBackend();
    backend.findings = inventFindings("unchecked", Date.now()).slice(0, 1);
    const { user } = showApp(backend);
    const dialog = await openDialog(user);
    const list = await within(dialog).findByRole("list", { name: "Before you impersonate" });
    expect(within(list).getByText("Couldn't check who else is signed in as this user")).toBeTruthy();
    backend.findings = [];
    await user.click(within(dialog).getByRole("button", { name: "Try again" }));
    await expect.poll(() => screen.queryByRole("list", { name: "Before you impersonate" })).toBeNull();
  });

  test("nothing waits for it: typing goes on, and Go checks all the same", async () => {
    const backend = createMemoryBackend();
    const release = backend.hold("preflight");
    backend.fail("createActorToken", { code: "override_missing", message: "Your rules protect this user." });
    const { user } = showApp(backend);
    await openDialog(user);
    await user.type(await box("Reason"), "Ticket 1");
    await user.click(submit());
    const why = await box("Why this protected user?");
    await expect.poll(() => document.activeElement).toBe(why);
    expect((await screen.findByRole("alert")).textContent).toBe("Your rules protect this user.");
    release();
  });

  test("a check that fails as a whole is told in the dialog", async () => {
    const backend = createMemoryBackend();
    backend.fail("preflight", {
      code: "clerk_unreachable",
      message: "Clerk cannot be reached.",
      retry: true,
    });
    const { user } = showApp(backend);
    const dialog = await openDialog(user);
    expect((await within(dialog).findByRole("alert")).textContent).toContain("Clerk cannot be reached.");
  });
});

test.each([
  { apiURL: "", offered: 1 },
  { apiURL: "https://clerk.example.com", offered: 0 },
])(
  "a plan without impersonation leads to Billing, but not at another server: $apiURL",
  async ({ apiURL, offered }) => {
    const backend = createMemoryBackend({ apiURL });
    backend.fail("createActorToken", { code: "plan_lacks_impersonation", message: "Your plan has none." });
    const { user } = showApp(backend);
    await openDialog(user);
    await user.type(await box("Reason"), "Ticket 1");
    await user.click(submit());
    await screen.findByText(/Your plan has none/);
    const ways = screen.queryAllByRole("button", { name: "Open Billing" });
    for (const way of ways) await user.click(way);
    const opened = backend.calls.filter(([method]) => method === "openBilling");
    expect([ways.length, opened.length]).toEqual([offered, offered]);
  },
);

describe("the rules", () => {
  test("a reason that Go does not take is told at its box", async () => {
    const backend = await withRules({ reason: { pattern: "#", hint: "Begin with the ticket number." } });
    backend.fail("createActorToken", { code: "reason_pattern", message: "Begin with the ticket number." });
    const { user } = showApp(backend);
    const dialog = await openDialog(user);
    await user.type(await box("Reason"), "Ticket 1");
    await user.click(submit());
    expect((await within(dialog).findByRole("alert")).textContent).toBe("Begin with the ticket number.");
    const reason = await box("Reason");
    expect(reason.getAttribute("aria-invalid")).toBe("true");
    await expect.poll(() => document.activeElement).toBe(reason);
  });

  test("a reference is asked for, and sent", async () => {
    const backend = await withRules({ reason: { reference: "\\d+" } });
    const { user } = showApp(backend);
    await openDialog(user);
    await user.type(await box("Reason"), "Invoices are missing");
    await user.click(submit());
    const reference = await box("Reference");
    await expect.poll(() => document.activeElement).toBe(reference);
    await user.type(reference, " 48213 ");
    await user.click(submit());
    expect(await screen.findByText(/^Browser opened for/)).toBeTruthy();
    expect(asked(backend)[0]?.[1]).toMatchObject({ reference: "48213" });
  });

  test("a session is no longer than they allow", async () => {
    const backend = await withRules({ longest_session_minutes: 10 }, ["longest_session_minutes"]);
    const { user } = showApp(backend);
    const dialog = await openDialog(user);
    expect(within(dialog).getByRole("radio", { name: "10 min" })).toHaveProperty("checked", true);
    for (const name of ["30 min", "1 hour"]) {
      expect(within(dialog).getByRole("radio", { name })).toHaveProperty("disabled", true);
    }
    expect(within(dialog).getByText("Your organization allows 10 min at most.")).toBeTruthy();
  });

  test("the latest reasons are offered, and are no stops on the way", async () => {
    const { user } = showApp(createMemoryBackend());
    const dialog = await openDialog(user);
    const offered = await within(dialog).findByRole("toolbar", { name: "Recent reasons" });
    const [first, second] = within(offered).getAllByRole("button");
    await user.keyboard("{ArrowDown}");
    expect(document.activeElement).toBe(first);
    await user.keyboard("{ArrowRight}{Enter}");
    const reason = await box("Reason");
    expect(reason).toHaveProperty("value", second?.textContent);
    expect(document.activeElement).toBe(reason);
    expect(within(dialog).queryByRole("toolbar", { name: "Recent reasons" })).toBeNull();
  });
});

test("a reference leads to its ticket, through Go", async () => {
  const backend = await withRules({ reason: { address: "https://acme.example/{ref}" } });
  const { user } = showApp(backend);
  await user.click(await screen.findByRole("button", { name: "History" }));
  const rows = await screen.findAllByRole("row", { selected: false });
  await user.click(rows[0] ?? document.body);
  await user.click(await screen.findByRole("button", { name: /^Ticket 48213/ }));
  expect(backend.calls.find(([method]) => method === "openReference")).toEqual(["openReference", "48213"]);
});
