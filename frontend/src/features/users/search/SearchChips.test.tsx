import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { renderUsers, row, type Shown } from "../renderUsers";

const box = (): HTMLInputElement => screen.getByRole("searchbox", { name: "Search users" });
const chips = (): string[] => {
  const list = screen.queryByRole("list", { name: "Filters" });
  return list === null
    ? []
    : within(list)
        .getAllByRole("listitem")
        .map((chip) => chip.textContent ?? "");
};
const query = ({ asked }: Shown): string | undefined => asked().at(-1)?.view.query;

describe("conditions", () => {
  test("become chips with Enter, and go with their button or Backspace", async () => {
    const shown = await renderUsers();
    await row("Noor Haddad");
    await shown.user.type(box(), "castro banned:no created:<30d{Enter}");
    expect(chips()).toEqual(["Banned no", "Created in the last 30 days"]);
    expect(box().value).toBe("castro");
    await waitFor(() => expect(query(shown)).toBe("castro banned:no created:<30d"));

    await shown.user.click(screen.getByRole("button", { name: /^Remove the filter Created/ }));
    expect(query(shown)).toBe("castro banned:no");
    await expect.poll(() => document.activeElement).toBe(box());
    await shown.user.clear(box());
    await shown.user.keyboard("{Backspace}");
    expect(box().value).toBe("banned:no");
    expect(chips()).toEqual([]);
  });

  test("are begun from the menu and finished in the box, with the keyboard alone", async () => {
    const shown = await renderUsers();
    await row("Noor Haddad");
    screen.getByRole("button", { name: "Filter" }).focus();
    await shown.user.keyboard("{Enter}");
    expect(await screen.findByText(/^Clerk cannot filter by role/)).toBeTruthy();
    await shown.user.click(screen.getByRole("menuitem", { name: "Banned" }));
    await waitFor(() => expect(document.activeElement).toBe(box()));
    expect(box().value).toBe("banned:");
    await shown.user.keyboard("{ArrowDown}");
    const option = screen.getByRole("option", { selected: true });
    expect(box().getAttribute("aria-activedescendant")).toBe(option.id);
    expect(option.textContent).toContain("Banned yes");
    await shown.user.keyboard("{Enter}");
    expect(chips()).toEqual(["Banned yes"]);
    expect(await row("Alexander Petrov Banned")).toBeTruthy();
    expect(query(shown)).toBe("banned:yes");
  });

  test("that are being typed are not searched for yet", async () => {
    const shown = await renderUsers();
    await row("Noor Haddad");
    await shown.user.type(box(), "lind{Enter}");
    await shown.user.type(box(), " ban");
    await shown.user.click(await screen.findByRole("option", { name: /banned:/ }));
    expect(box().value).toBe("lind banned:");
    await shown.user.type(box(), "no{Enter}");
    expect(shown.asked().map(({ view }) => view.query)).toEqual(
      expect.not.arrayContaining(["lind banned:", "lind banned:n"]),
    );
    expect(query(shown)).toBe("lind banned:no");
  });

  test("that leave nobody can be cleared without the words", async () => {
    const shown = await renderUsers();
    await row("Noor Haddad");
    await shown.user.type(box(), "noor banned:yes{Enter}");
    expect(await screen.findByRole("heading", { name: "No user matches “noor”" })).toBeTruthy();
    await shown.user.click(screen.getByRole("button", { name: "Clear filters" }));
    expect(await row("Noor Haddad")).toBeTruthy();
    expect(query(shown)).toBe("noor");
  });
});

describe("searches of before", () => {
  test("are offered in the empty box, the pinned ones first", async () => {
    const shown = await renderUsers();
    await row("Noor Haddad");
    await shown.user.type(box(), "castro{Enter}");
    await shown.user.type(box(), "{Escape}wei{Enter}");
    await shown.user.click(screen.getByRole("button", { name: "Pin this search" }));
    expect(await screen.findByRole("button", { name: "Unpin this search", pressed: true })).toBeTruthy();
    await shown.user.click(box());
    await shown.user.clear(box());
    const offered = await screen.findAllByRole("option");
    expect(offered.map(({ textContent }) => textContent)).toEqual(["weiPinned", "castroRecent"]);
    await shown.user.keyboard("{ArrowDown}{ArrowDown}{Enter}");
    expect(box().value).toBe("castro");
    expect(query(shown)).toBe("castro");
    await shown.user.clear(box());
    await shown.user.click(await screen.findByRole("button", { name: "Clear recent searches" }));
    expect((await screen.findAllByRole("option")).map(({ textContent }) => textContent)).toEqual([
      "weiPinned",
    ]);
    await shown.user.keyboard("{Escape}");
    await expect.poll(() => screen.queryByRole("listbox")).toBeNull();
  });

  test("one in quotes is pinned as it is kept, and known again", async () => {
    const { user, backend } = await renderUsers();
    await row("Noor Haddad");
    await user.click(box());
    await user.paste('"priya raman" banned:no');
    await user.keyboard("{Enter}");
    await user.click(screen.getByRole("button", { name: "Pin this search" }));
    expect(backend.calls).toContainEqual(["pinSearch", "priya raman banned:no", true]);
    expect(await screen.findByRole("button", { name: "Unpin this search", pressed: true })).toBeTruthy();
  });

  test("that cannot be cleared are said to be still there", async () => {
    const { user, backend } = await renderUsers();
    await row("Noor Haddad");
    await user.type(box(), "wei{Enter}");
    await user.clear(box());
    const clear = await screen.findByRole("button", { name: "Clear recent searches" });
    backend.fail("forgetSearches", {
      code: "settings_unwritable",
      message: "The settings could not be saved.",
    });
    await user.click(clear);
    const [said] = await screen.findAllByText("Recent searches could not be cleared.");
    expect(said?.getAttribute("role")).toBe("status");
    expect(screen.getAllByRole("option")).toHaveLength(1);
    backend.mend("forgetSearches");
    await user.click(screen.getByRole("button", { name: "Clear recent searches" }));
    await expect.poll(() => screen.queryByRole("option")).toBeNull();
    expect(screen.queryByText(/^Recent searches could not/)).toBeNull();
  });

  test("a pin that cannot be kept is said", async () => {
    const { user, backend } = await renderUsers();
    await row("Noor Haddad");
    backend.fail("pinSearch", { code: "settings_unwritable", message: "The settings could not be saved." });
    await user.type(box(), "wei{Enter}");
    await user.click(screen.getByRole("button", { name: "Pin this search" }));
    expect((await screen.findByRole("alert")).textContent).toContain("The settings could not be saved.");
  });
});
