import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { Activity } from "react";
import { describe, expect, test, vi } from "vitest";
import { BackendProvider } from "@/backend/BackendProvider";
import { createMemoryBackend } from "@/backend/memory/memory";
import { sentence } from "@/text/sentence";
import { PrivateMetadata } from "./PrivateMetadata";
import { renderUsers, row } from "./renderUsers";

function panel(): HTMLElement {
  return screen.getByRole("complementary", { name: "Details" });
}

describe("the panel", () => {
  test("takes no room before somebody is picked", async () => {
    await renderUsers();
    await row("Wei Zhang");
    expect(screen.queryByRole("complementary", { name: "Details" })).toBeNull();
  });

  test("shows at once what the row tells, and the rest when Clerk has answered", async () => {
    const { user, backend } = await renderUsers();
    const release = backend.hold("getUser");
    await user.click(await row("Wei Zhang"));
    expect(within(panel()).getByRole("heading", { name: "Wei Zhang" })).toBeTruthy();
    expect(within(panel()).getByRole("status", { name: "Loading details…" })).toBeTruthy();
    await waitFor(() => expect(backend.calls.some(([method]) => method === "getUser")).toBe(true));
    release();
    for (const name of [
      "Identity",
      "Activity",
      "Sign-in methods",
      "Sessions and devices",
      "Organizations",
      "Impersonations",
      "Metadata",
    ]) {
      expect(await within(panel()).findByRole("heading", { name })).toBeTruthy();
    }
    expect(panel().textContent).toContain("Two-step verification on");
  });

  test("tells what was done as them before, and by whom", async () => {
    const { user, backend } = await renderUsers();
    const entry = backend.history.find(({ userID, reason }) => userID !== "" && reason !== "");
    const person = backend.users.find(({ id }) => id === entry?.userID);
    await user.type(screen.getByRole("searchbox"), `${person?.email}{Enter}`);
    const opened = await screen.findByRole("complementary", { name: "Details" });
    expect((await within(opened).findAllByText(`“${entry?.reason}”`)).length).toBeGreaterThan(0);
  });

  test("says once what stands for a name, and that a creation that makes no sense is unknown", async () => {
    const number = "+442079460913";
    const { user } = await renderUsers({ users: 8 }, ({ users: [first] }) => {
      if (first) Object.assign(first, { name: "", email: "", contact: number, createdAt: "" });
    });
    const line = await row(number);
    expect(line.textContent.split(number)).toHaveLength(2);
    expect(within(line).getByText("Unknown")).toBeTruthy();
    await user.click(line);
    const heading = within(panel()).getByRole("heading", { name: number });
    expect(heading.nextElementSibling?.textContent).toBe("No name");
    expect(within(panel()).getByText("Created").nextSibling?.textContent).toBe("Unknown");
  });

  test("says why it has no details, and gets them when tried again", async () => {
    const { user, backend } = await renderUsers();
    backend.fail("getUser", { code: "clerk_timeout", message: "Clerk did not answer in time.", retry: true });
    await user.click(await row("Wei Zhang"));
    expect((await within(panel()).findByRole("alert")).textContent).toContain(
      "Clerk did not answer in time.",
    );
    backend.mend("getUser");
    await user.click(within(panel()).getByRole("button", { name: /^Try again in 0:/ }));
    expect(await within(panel()).findByRole("heading", { name: "Organizations" })).toBeTruthy();
  });

  test("shows the rest when organizations or the past could not be had, and says so there", async () => {
    const { user, backend } = await renderUsers();
    backend.fail("getMemberships", { retry: true, message: "Clerk does not allow this." });
    backend.fail("getSessions", { retry: true, message: "Clerk hides the sessions." });
    backend.fail("listHistory", { retry: true, message: "The history could not be read." });
    await user.click(await row("Wei Zhang"));
    expect(await within(panel()).findByRole("heading", { name: "Metadata" })).toBeTruthy();
    for (const why of ["Clerk does not allow this.", "Clerk hides the sessions."])
      await expect.poll(() => panel().textContent).toContain(why);
    await expect.poll(() => panel().textContent).toContain("The history could not be read.");
    expect(panel().textContent).not.toContain("Nobody has signed in as this user");
    backend.mend("getMemberships");
    backend.mend("getSessions");
    backend.mend("listHistory");
    for (const again of within(panel()).getAllByRole("button", { name: "Try again" }))
      await user.click(again);
    expect(
      await within(panel()).findByText("Nobody has signed in as this user from this computer."),
    ).toBeTruthy();
    expect(panel().textContent).toContain("Clinic Partners");
    expect(panel().textContent).toContain("Chrome on Macintosh");
  });

  test("impersonates who it shows, but not yourself, and says why", async () => {
    const { user, impersonated } = await renderUsers();
    await user.click(await row("Maya Lindqvist You"));
    const button = within(panel()).getByRole("button", {
      name: "Impersonate…",
      description: "This is you. You cannot impersonate yourself.",
    });
    await user.click(button);
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(impersonated).toEqual([]);
    await user.click(await row("Wei Zhang"));
    await user.click(within(panel()).getByRole("button", { name: "Impersonate…" }));
    expect(impersonated.map(({ name }) => name)).toEqual(["Wei Zhang"]);
  });

  test.each([
    ["Alexander Petrov Banned", "Banned users can't sign in. Unban this user in Clerk first."],
    ["Marta Kowalczyk Locked", "Locked users can't sign in. Unlock this user in Clerk first."],
    ["Camille Laurent Deprovisioned", "Deprovisioned users can't sign in."],
  ])("does not impersonate %s, and says why", async (name, description) => {
    const { user, impersonated } = await renderUsers();
    await user.click(await row(name));
    await user.click(within(panel()).getByRole("button", { name: "Impersonate…", description }));
    await user.keyboard("{Control>}{Enter}{/Control}{Shift>}{F10}{/Shift}");
    await expect.poll(() => screen.queryByRole("menuitem", { name: "Impersonate…" })).toBeNull();
    expect(impersonated).toEqual([]);
  });

  test("tells beside the button that it will be refused, and why", async () => {
    const { user, backend, impersonated } = await renderUsers();
    backend.findings = [
      {
        rule: "role",
        effect: "refuse",
        name: sentence("finding.role", { role: "Admin", organization: "Meridian" }),
        sentence: sentence("finding.role.refuse"),
        until: "",
      },
    ];
    await user.click(await row("Wei Zhang"));
    const button = await within(panel()).findByRole("button", {
      name: "Impersonate…",
      description: /Admin of Meridian\. Your rules don't allow users with this role\./,
    });
    await expect.poll(() => button.getAttribute("aria-disabled")).toBe("true");
    await user.click(button);
    await user.keyboard("{Control>}{Enter}{/Control}");
    const said = screen
      .getAllByRole("status")
      .filter(({ textContent }) => textContent?.startsWith("Admin of Meridian. Your rules"));
    expect(said).toHaveLength(1);
    expect(impersonated).toEqual([]);
  });

  test("shows private metadata only when asked, and drops it when somebody else is shown or the panel closes", async () => {
    const { user, backend } = await renderUsers();
    const asked = () => backend.calls.filter(([method]) => method === "getPrivateMetadata").length;
    const show = async () => {
      await user.click(await within(panel()).findByRole("button", { name: "Show private metadata" }));
      expect(await within(panel()).findByText(/churnRisk/)).toBeTruthy();
    };
    await user.click(await row("Wei Zhang"));
    await within(panel()).findByText(/"theme": "dark"/);
    expect(asked()).toBe(0);
    await show();
    await user.click(await row("Noor Haddad"));
    await expect.poll(() => screen.queryByText(/churnRisk/)).toBeNull();
    await user.click(await row("Wei Zhang"));
    await show();
    await user.click(within(panel()).getByRole("button", { name: "Close details" }));
    await user.keyboard(" ");
    expect(await within(panel()).findByRole("button", { name: "Show private metadata" })).toBeTruthy();
    await expect.poll(() => screen.queryByText(/churnRisk/)).toBeNull();
    expect(asked()).toBe(2);
  });

  test("says why it has no private metadata", async () => {
    const { user, backend } = await renderUsers();
    backend.fail("getPrivateMetadata", { code: "clerk_timeout", message: "Clerk did not answer in time." });
    await user.click(await row("Wei Zhang"));
    await user.click(await within(panel()).findByRole("button", { name: "Show private metadata" }));
    expect((await within(panel()).findByRole("alert")).textContent).toContain(
      "Clerk did not answer in time.",
    );
  });

  test("copies the id through Go, and says when that fails", async () => {
    const { user, backend } = await renderUsers();
    await user.click(await row("Wei Zhang"));
    await user.click(within(panel()).getByRole("button", { name: "Copy ID" }));
    expect(await within(panel()).findByRole("button", { name: "Copied" })).toBeTruthy();
    backend.fail("copyText", { code: "clipboard_failed", message: "The clipboard could not be used." });
    await user.click(within(panel()).getByRole("button", { name: "Copied" }));
    expect((await screen.findByRole("alert")).textContent).toContain("The clipboard could not be used.");
  });

  test("shows addresses, numbers, roles, ways of the second step, and who has left", async () => {
    const { user, backend } = await renderUsers();
    const getUser = backend.getUser.bind(backend);
    const gone = backend.users.find(({ name }) => name === "Wei Zhang");
    if (gone) gone.deprovisioned = true;
    backend.getUser = async (...call) => ({
      ...(await getUser(...call)),
      emails: [
        { value: "wei@lumenhq.example", verified: true, primary: true, addedAt: "" },
        { value: "wei@old.example", verified: false, primary: false, addedAt: "" },
      ],
      phones: [{ value: "+44 20 7946 0100", verified: false, primary: true, addedAt: "" }],
      backupCodes: false,
    });
    backend.getMemberships = async () => [
      { id: "org_1", name: "Hinode", role: "Admin" },
      { id: "org_2", name: "Hinode", role: "Admin" },
    ];
    const complaints = vi.spyOn(console, "error");
    await user.click(await row("Wei Zhang Deprovisioned"));
    const items = async (name: string): Promise<(string | null)[]> => {
      const heading = await within(panel()).findByRole("heading", { name });
      const section = heading.closest("section");
      if (section === null) throw new Error(`${name} is in no section`);
      return within(section)
        .getAllByRole("listitem")
        .map(({ textContent }) => textContent);
    };
    expect(await items("Email addresses")).toEqual([
      "wei@lumenhq.examplePrimary",
      "wei@old.exampleNot verified",
    ]);
    // The only one needs not be told apart from others.
    expect(await items("Phone numbers")).toEqual(["+44 20 7946 0100Not verified"]);
    expect(await items("Organizations")).toEqual(["HHinodeAdmin", "HHinodeAdmin"]);
    // Told apart by what belongs to their ids.
    const hues = within(panel())
      .getAllByText("Hinode")
      .map((name) => name.previousElementSibling?.getAttribute("data-hue"));
    expect(new Set(hues).size).toBe(2);
    expect(panel().textContent).toContain("Set · Two-step verification: Authenticator app");
    expect(within(panel()).getByText("Deprovisioned")).toBeTruthy();
    expect(within(panel()).getByText("Email verified")).toBeTruthy();
    expect(complaints).not.toHaveBeenCalled();
    complaints.mockRestore();
  });

  test("shows the rest before the organizations and sessions are there", async () => {
    const { user, backend } = await renderUsers();
    const releases = [backend.hold("getMemberships"), backend.hold("getSessions")];
    await user.click(await row("Wei Zhang"));
    expect(await within(panel()).findByRole("heading", { name: "Metadata" })).toBeTruthy();
    expect(await within(panel()).findByRole("button", { name: "Show private metadata" })).toBeTruthy();
    expect(within(panel()).getAllByRole("status", { name: "Loading details…" })).toHaveLength(2);
    for (const release of releases) release();
    expect(await within(panel()).findByText("Clinic Partners")).toBeTruthy();
    expect(await within(panel()).findByText("Safari on iPhone")).toBeTruthy();
    expect(within(panel()).queryByRole("status", { name: "Loading details…" })).toBeNull();
  });

  test("shows every way in with its address and its date, and until when a lock holds", async () => {
    const { user, backend } = await renderUsers();
    const getUser = backend.getUser.bind(backend);
    const at = "2025-09-04T09:42:00Z";
    const account = {
      name: "Google",
      email: "wei@lumenhq.example",
      enterprise: false,
      addedAt: at,
      usedAt: "",
    };
    backend.getUser = async (...call) => ({
      ...(await getUser(...call)),
      lockedUntil: at,
      accounts: [
        account,
        account,
        { name: "Lumen Okta", email: "wei@sso.example", enterprise: true, addedAt: "", usedAt: at },
        { name: "", email: "", enterprise: false, addedAt: "", usedAt: "" },
      ],
      passkeys: [
        { name: "Wei’s MacBook", usedAt: at },
        { name: "", usedAt: "" },
      ],
      wallets: [
        { value: "0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045", verified: false, primary: true, addedAt: at },
      ],
      password: false,
      twoFactor: false,
    });
    await user.click(await row("Wei Zhang"));
    const section = (await within(panel()).findByRole("heading", { name: "Sign-in methods" })).closest(
      "section",
    );
    const ways = [...(section?.querySelectorAll("li") ?? [])].map(({ textContent }) => textContent);
    expect(ways).toEqual([
      "Googlewei@lumenhq.example · Added: Sep 4, 2025",
      "Googlewei@lumenhq.example · Added: Sep 4, 2025",
      "Lumen Oktawei@sso.example · Company sign-in · Last used: Sep 4, 2025, 09:42",
      "Could not be read",
      "Passkey “Wei’s MacBook”Last used: Sep 4, 2025, 09:42",
      "Passkey",
      "0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045Web3 wallet · Added: Sep 4, 2025Not verified",
      "PasswordNot set · No two-step verification",
    ]);
    expect(within(panel()).getByText("Locked until").nextSibling?.textContent).toBe("Sep 4, 2025, 09:42");
  });

  test("shows where a user is signed in, and marks who is signed in as them", async () => {
    const { user, backend } = await renderUsers();
    const noor = backend.users[0]?.id ?? "";
    const sessions = await backend.getSessions(noor, new AbortController().signal);
    const [own] = sessions;
    if (own === undefined) throw new Error("the memory backend has no sessions");
    const as = { ...own, impersonated: true, place: "" };
    const maya = backend.users.find(({ self }) => self)?.id ?? "";
    backend.getSessions = async () => [
      own,
      { ...as, id: "sess_3", operatorID: maya, browser: "", device: "", lastActiveAt: "" },
      { ...as, id: "sess_4", operatorID: noor, browser: "", lastActiveAt: "", waiting: ["setup-mfa"] },
      { ...as, id: "", operatorID: "cli:ann@work.example", device: "", lastActiveAt: "" },
      { ...as, id: "", operatorID: "", browser: "", device: "", lastActiveAt: "" },
      { ...own, id: "sess_6" },
    ];
    await user.click(await row("Wei Zhang"));
    const section = (await within(panel()).findByRole("heading", { name: "Sessions and devices" })).closest(
      "section",
    );
    const devices = () => [...(section?.querySelectorAll("li") ?? [])].map(({ textContent }) => textContent);
    await waitFor(() =>
      expect(devices()).toEqual([
        "Chrome on MacintoshLeeds, GB · Active: Just now",
        "Unknown deviceYouImpersonated",
        "MacintoshNoor Haddad · Sign-in not finishedImpersonated",
        "Chromecli:ann@work.exampleImpersonated",
        "Unknown deviceSomebody elseImpersonated",
      ]),
    );
    await user.click(within(panel()).getByRole("button", { name: "1 more" }));
    expect(devices()).toHaveLength(6);
    expect(within(panel()).queryByRole("button", { name: "1 more" })).toBeNull();
  });

  test("shows the first of very many organizations, and more when asked", async () => {
    const { user, backend } = await renderUsers();
    backend.getMemberships = async () =>
      Array.from({ length: 1200 }, (_, i) => ({ id: `org_${i}`, name: `Client ${i}`, role: "Auditor" }));
    await user.click(await row("Wei Zhang"));
    const more = await within(panel()).findByRole("button", { name: "1,190 more" });
    expect(within(panel()).getAllByText("Auditor")).toHaveLength(10);
    await user.click(more);
    expect(within(panel()).getAllByText("Auditor")).toHaveLength(110);
    expect(within(panel()).getByRole("button", { name: "1,090 more" })).toBeTruthy();
  });

  test("tells attempts that failed from sessions", async () => {
    const { user, backend } = await renderUsers();
    const wei = backend.users.find(({ name }) => name === "Wei Zhang")?.id ?? "";
    const tell = [
      { reason: "One", result: "ended", length: 700 },
      { reason: "Two", result: "failed", length: 0 },
      { reason: "Three", result: "unused", length: 0 },
      { reason: "Four", result: "live", length: 0 },
      { reason: "Five", result: "opened", length: 0 },
      { reason: "Six", result: "unknown", length: 0 },
    ];
    for (const [i, told] of tell.entries()) Object.assign(backend.history[i] ?? {}, { userID: wei, ...told });
    await user.click(await row("Wei Zhang"));
    await within(panel()).findByText("“One”");
    const told = ["One", "Two", "Three", "Four", "Five", "Six"].map(
      (reason) => within(panel()).getByText(`“${reason}”`).parentElement?.textContent,
    );
    expect(told).toEqual([
      "“One”12 min",
      "“Two”Failed",
      "“Three”Link unused",
      "“Four”Live",
      "“Five”Opened",
      "“Six”Unknown",
    ]);
  });

  test("drops private metadata when another section is opened", async () => {
    const backend = createMemoryBackend();
    const shown = (mode: "visible" | "hidden") => (
      <BackendProvider backend={backend}>
        <Activity mode={mode}>
          <PrivateMetadata id="user_1" />
        </Activity>
      </BackendProvider>
    );
    const { rerender } = render(shown("visible"));
    fireEvent.click(screen.getByRole("button", { name: "Show private metadata" }));
    expect(await screen.findByText(/churnRisk/)).toBeTruthy();
    rerender(shown("hidden"));
    await expect.poll(() => document.body.textContent).not.toContain("churnRisk");
    rerender(shown("visible"));
    expect(await screen.findByRole("button", { name: "Show private metadata" })).toBeTruthy();
  });

  test("walking past users asks for the last one only", async () => {
    const { user, backend } = await renderUsers();
    await user.click(await row("Noor Haddad"));
    await user.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}");
    await within(panel()).findByRole("heading", { name: "Organizations" });
    const asked = backend.calls.filter(([method]) => method === "getUser").map(([, id]) => id);
    expect(asked.at(-1)).toBe(backend.users[3]?.id);
    expect(asked).not.toContain(backend.users[2]?.id);
  });
});
