import { screen, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { createMemoryBackend, type MemoryOptions } from "@/backend/memory/memory";
import { inventBrowsers } from "@/backend/memory/records";
import type { RulesPatch } from "@/backend/settings";
import { showApp } from "@/testing/open";
import { asked, openDialog, sayWhy, submit } from "@/testing/openDialog";

/** Opens the dialog with such browsers and rules for changes. A reason is typed in it. */
async function openWith(
  browsers: string[],
  changes: RulesPatch["changes"] = {},
  options: MemoryOptions = {},
) {
  const backend = createMemoryBackend({ users: 60, history: 12, ...options });
  backend.browsers = inventBrowsers(...browsers);
  await backend.changeRules({ changes });
  const { user } = showApp(backend);
  const dialog = await openDialog(user);
  await within(dialog).findByRole("group", { name: "Open in" });
  await user.keyboard("Ticket 1");
  return { backend, user, dialog, group: within(dialog).getByRole("group", { name: "What you can do" }) };
}

const mode = (name: string) => screen.getByRole("radio", { name: new RegExp(`^${name}`) });
const place = () => screen.getByRole("textbox", { name: /^Open at/ });
const why = () => screen.queryByRole("textbox", { name: /^Why you need to change something/ });

describe("the choice of a mode", () => {
  test("begins as the rules have it, and the banner follows, by ear too", async () => {
    const { user } = await openWith(["Chrome"]);
    expect(mode("View only")).toHaveProperty("checked", true);
    expect(why()).toBeNull();
    const banner = screen.getByText("Production. View only: changes are held back.");
    await user.click(mode("Allow changes"));
    expect(banner.textContent).toBe("Production. Anything you change as Ingrid is real.");
    expect(banner.getAttribute("role")).toBe("status");
  });

  test("asks why once changes are allowed, and keeps what was typed when going back", async () => {
    const { backend, user } = await openWith(["Chrome"]);
    await user.click(mode("Allow changes"));
    expect(document.activeElement).toBe(why());
    expect(screen.getByText("Changes are sent for 10 min, then it is view only again.")).toBeTruthy();
    await user.keyboard("Resend the invitation");
    await user.click(mode("View only"));
    expect(why()).toBeNull();
    await user.click(mode("Allow changes"));
    expect(why()).toHaveProperty("value", "Resend the invitation");
    await user.click(submit());
    await screen.findByText(/^Browser opened for/);
    expect(asked(backend)[0]?.[1]).toMatchObject({
      mode: "allow_changes",
      changesReason: "Resend the invitation",
    });
  });

  test("sends no reason for changes with view only", async () => {
    const { backend, user } = await openWith(["Chrome"]);
    await user.click(mode("Allow changes"));
    await user.keyboard("Resend the invitation");
    await user.click(mode("View only"));
    await user.click(submit());
    await screen.findByText(/^Browser opened for/);
    expect(asked(backend)[0]?.[1]).toMatchObject({ mode: "view_only", changesReason: "" });
  });

  test("needs a reason for changes where a rule demands it", async () => {
    const { backend, user } = await openWith(["Chrome"]);
    await user.click(mode("Allow changes"));
    await user.click(submit());
    expect(screen.getByRole("alert").textContent).toBe("Say why you need to change something.");
    expect(document.activeElement).toBe(why());
    expect(asked(backend)).toEqual([]);
  });

  test("needs none outside of production, where changes are sent to the end", async () => {
    const { backend, user, dialog } = await openWith(["Chrome"], {}, { environment: "development" });
    expect(mode("Allow changes")).toHaveProperty("checked", true);
    expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Reason" }));
    const box = within(dialog).getByRole("textbox", { name: "Why you need to change something optional" });
    expect(box.getAttribute("aria-required")).toBe("false");
    expect(within(dialog).getByText("Changes are sent until the session ends.")).toBeTruthy();
    await user.click(submit());
    await screen.findByText(/^Browser opened for/);
    expect(asked(backend)[0]?.[1]).toMatchObject({ mode: "allow_changes", changesReason: "" });
  });

  test("shows at its box that Go wants to know why", async () => {
    const { backend, user } = await openWith(["Chrome"], { allow: "always" });
    backend.fail("createActorToken", { code: "changes_reason_missing", message: "Say why." });
    await user.click(mode("Allow changes"));
    await user.click(submit());
    expect((await screen.findByRole("alert")).textContent).toBe("Say why.");
    expect(why()?.getAttribute("aria-invalid")).toBe("true");
    await expect.poll(() => document.activeElement).toBe(why());
    expect(screen.getByRole("textbox", { name: "Reason" })).toHaveProperty("value", "Ticket 1");
  });
});

describe("where the rules allow no changes", () => {
  test.each([
    { managed: [], words: "Your rules don't allow changes." },
    { managed: ["changes.allow"], words: "Your organization doesn't allow changes." },
  ])("that is text and no control: $words", async ({ managed, words }) => {
    const { backend, user, group, dialog } = await openWith(
      ["Chrome", "Firefox"],
      { allow: "never" },
      { managed },
    );
    expect(group.textContent).toBe(`What you can doView only. Look around. Changes aren't sent.${words}`);
    expect(within(group).queryAllByRole("radio")).toEqual([]);
    const offered = within(dialog).getByRole("group", { name: "Open in" });
    expect(within(offered).getAllByRole("radio")).toHaveLength(1);
    expect(
      within(dialog).getByText(
        /^\W?Your default browser and Firefox\W? can't hold back changes, so they aren't offered here\.$/,
      ),
    ).toBeTruthy();
    await user.click(submit());
    await screen.findByText(/^Browser opened for/);
    expect(asked(backend)[0]?.[1]).toMatchObject({ mode: "view_only", browser: "chrome" });
  });

  test("and no browser can hold them back, there is only why and the way out", async () => {
    const backend = createMemoryBackend({ users: 60, history: 12 });
    backend.browsers = inventBrowsers();
    await backend.changeRules({ changes: { allow: "never" } });
    const { user } = showApp(backend);
    await user.click(await screen.findByRole("button", { name: "History" }));
    const rows = await screen.findAllByRole("row", { selected: false });
    await user.click(rows[0] ?? document.body);
    await user.click(await screen.findByRole("button", { name: "Impersonate…" }));
    expect((await screen.findByRole("alert")).textContent).toMatch(/^No browser on this computer can/);
    expect(
      screen.getByText("Your default browser can't hold back changes, so it isn't offered here."),
    ).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Impersonate" })).toBeNull();
    await expect.poll(() => document.activeElement).toBe(screen.getByRole("button", { name: "Close" }));
  });
});

describe("a browser that can't hold back changes", () => {
  test("leaves no choice, promises nothing, and the choice of before comes back", async () => {
    const { backend, user, dialog } = await openWith(["Chrome", "Firefox"]);
    await user.click(within(dialog).getByRole("radio", { name: /^Firefox/ }));
    const group = within(dialog).getByRole("group", { name: "What you can do" });
    expect(group.textContent).toMatch(
      /^What you can doAllow changes\..*\W?Firefox\W? can't hold back changes\.$/,
    );
    expect(within(group).queryAllByRole("radio")).toEqual([]);
    expect(screen.getByText("Production. Anything you change as Ingrid is real.")).toBeTruthy();
    expect(screen.queryByText(/Changes are sent/)).toBeNull();
    await user.click(submit());
    expect(asked(backend)).toEqual([]);
    await user.click(within(dialog).getByRole("radio", { name: /^Chrome/ }));
    expect(mode("View only")).toHaveProperty("checked", true);
    await user.click(within(dialog).getByRole("radio", { name: /^Firefox/ }));
    await sayWhy(user);
    await user.click(submit());
    await screen.findByText(/^Browser opened for/);
    expect(asked(backend)[0]?.[1]).toMatchObject({ mode: "allow_changes", browser: "firefox" });
  });

  test("stands after those that can", async () => {
    const { dialog } = await openWith(["Firefox", "Chrome"]);
    const offered = within(dialog).getByRole("group", { name: "Open in" });
    const names = within(offered)
      .getAllByRole("radio")
      .map((radio) => radio.closest("label")?.querySelector("span")?.textContent);
    expect(names).toEqual(["Chrome", "Firefox", "Your default browser", "Copy link"]);
  });

  test("because of a policy of the company says so", async () => {
    const backend = createMemoryBackend({ users: 60, history: 12 });
    backend.browsers = inventBrowsers("Chrome").map((one) => ({ ...one, unheld: "policy" }));
    const { user } = showApp(backend);
    const dialog = await openDialog(user);
    const words = /^Your organization's browser policy keeps \W?Chrome\W? from holding back changes\.$/;
    expect(await within(dialog).findByText(words)).toBeTruthy();
  });
});

describe("the page to open at", () => {
  test("is a path: a pasted address of the app is cut to it", async () => {
    const { backend, user } = await openWith(["Chrome"]);
    await user.click(place());
    await user.paste("https://app.acme.example/settings/approvals");
    expect(place()).toHaveProperty("value", "/settings/approvals");
    await user.click(submit());
    await screen.findByText(/^Browser opened for/);
    expect(asked(backend)[0]?.[1]).toMatchObject({ land: "/settings/approvals" });
  });

  test.each([
    [
      "https://evil.example/settings",
      /^That is another site\. Only pages of \W?acme\.example\W? can be opened\.$/,
    ],
    ["settings", /^Start with \//],
  ])("refuses %s below the field, and keeps it", async (text, words) => {
    const { backend, user } = await openWith(["Chrome"]);
    await user.click(place());
    await user.paste(text);
    await user.click(submit());
    expect(screen.getByRole("alert").textContent).toMatch(words);
    expect(place()).toHaveProperty("value", text);
    expect(document.activeElement).toBe(place());
    expect(asked(backend)).toEqual([]);
  });

  test("that Go refuses is told there", async () => {
    const { backend, user } = await openWith(["Chrome"]);
    backend.fail("createActorToken", { code: "open_at_invalid", message: "No path." });
    await user.type(place(), "/a b");
    await user.click(submit());
    expect((await screen.findByRole("alert")).textContent).toBe("No path.");
    expect(place().getAttribute("aria-invalid")).toBe("true");
  });
});

test("an impersonation that is repeated begins with the same mode, reason and page", async () => {
  const { backend, user } = await openWith(["Chrome"]);
  await user.click(mode("Allow changes"));
  await user.keyboard("Resend the invitation");
  await user.type(screen.getByRole("textbox", { name: /^Open at/ }), "/invites");
  backend.fail("openTicket", { code: "link_expired", message: "Expired." });
  await user.click(submit());
  await user.click(await screen.findByRole("button", { name: "Impersonate again" }));
  await screen.findByRole("dialog", { name: /^Impersonate/ });
  expect(mode("Allow changes")).toHaveProperty("checked", true);
  expect(why()).toHaveProperty("value", "Resend the invitation");
  expect(screen.getByRole("textbox", { name: /^Open at/ })).toHaveProperty("value", "/invites");
});
