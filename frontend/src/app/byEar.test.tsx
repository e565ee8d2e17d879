import { act, screen, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { createMemoryBackend, type MemoryBackend } from "@/backend/memory/memory";
import { inventOther } from "@/backend/memory/records";
import { openApp, showApp } from "@/testing/open";
import { openDialog } from "@/testing/openDialog";

/** Gives a second user the name of the first. */
function twins(backend: MemoryBackend, index: number, other: number): void {
  Object.assign(backend.users[other] ?? {}, { name: backend.users[index]?.name });
}

describe("a dialog about a user says with its name", () => {
  test("that it is production, the address and the id", async () => {
    const { backend, user } = openApp({ environment: "production" });
    const dialog = await openDialog(user);
    const title = document.getElementById(dialog.getAttribute("aria-labelledby") ?? "")?.textContent;
    expect(title).toMatch(/^Impersonate \W?Ingrid Solheim\W? in production$/);
    const ingrid = backend.users[2];
    const said = (dialog.getAttribute("aria-describedby") ?? "")
      .split(" ")
      .map((id) => document.getElementById(id)?.textContent ?? "");
    expect(said.join(" ")).toContain("Production. View only: changes are held back.");
    expect(said.join(" ")).toContain(ingrid?.email);
    expect(said.join(" ")).toContain(ingrid?.id);
  });

  test("the address and the id alone where it is not production", async () => {
    const { user } = openApp({ environment: "development" });
    const dialog = await openDialog(user);
    const said = document.getElementById(dialog.getAttribute("aria-describedby") ?? "")?.textContent;
    expect(said).toMatch(/^ingrid\.solheim@fjordbank\.example ?user_/);
  });

  test("also before a colleague's impersonation is ended", async () => {
    const backend = createMemoryBackend({ busy: true, environment: "production" });
    const [priya, arjun] = [backend.users[4], backend.users[15]];
    if (!priya || !arjun) throw new Error("too few users were invented");
    backend.others = [inventOther(priya, arjun, Date.now())];
    const { user } = showApp(backend);
    await user.click(await screen.findByRole("button", { name: "Live" }));
    await user.click(await screen.findByRole("button", { name: /^End impersonation of Priya Raman by/ }));
    const asked = await screen.findByRole("alertdialog");
    const said = document.getElementById(asked.getAttribute("aria-describedby") ?? "")?.textContent;
    expect(said).toContain("production");
    expect(said).toContain(priya.email);
    expect(said).toContain(priya.id);
  });
});

describe("two users of one name", () => {
  test("are told apart in their rows, and by the button in the details", async () => {
    const backend = createMemoryBackend({ users: 60 });
    twins(backend, 2, 3);
    const [, , ingrid, other] = backend.users;
    const { user } = showApp(backend);
    await screen.findByRole("rowheader", { name: `Ingrid Solheim, ${ingrid?.email}` });
    await user.click(await screen.findByRole("rowheader", { name: `Ingrid Solheim, ${other?.email}` }));
    const panel = within(screen.getByRole("complementary", { name: "Details" }));
    const button = panel.getByRole("button", { name: "Impersonate…" });
    const said = (button.getAttribute("aria-describedby") ?? "")
      .split(" ")
      .map((id) => document.getElementById(id)?.textContent ?? "");
    expect(said.join(" ")).toContain(other?.email);
    expect(said.join(" ")).toContain(other?.id);
  });

  test("are told apart on the buttons that end their impersonations", async () => {
    const backend = createMemoryBackend({ busy: true });
    for (const item of backend.live) {
      const address = `${item.userID}@mail.example`;
      Object.assign(item, { userName: "Ingrid Solheim", userEmail: address });
    }
    const { user } = showApp(backend);
    await screen.findByRole("grid", { name: "Users" });
    const named = { name: /(impersonation of|link for) Ingrid Solheim, user_/ };
    const inBar = (await screen.findAllByRole("button", named)).map((button) =>
      button.getAttribute("aria-label"),
    );
    expect(new Set(inBar).size).toBe(inBar.length);
    await user.click(screen.getByRole("button", { name: "Live" }));
    const board = await screen.findByRole("grid", { name: "Impersonations" });
    const onBoard = within(board)
      .getAllByRole("button", { name: /(impersonation of|link for) Ingrid/ })
      .map((button) => button.getAttribute("aria-label"));
    expect(onBoard.length).toBeGreaterThan(1);
    expect(new Set(onBoard).size).toBe(onBoard.length);
  });
});

test("text that is typed before the dialog knows its rules does not land in the rows", async () => {
  const backend = createMemoryBackend({ users: 60 });
  const release = backend.hold("getRules");
  const { user } = showApp(backend);
  await user.click(await screen.findByRole("rowheader", { name: "Ingrid Solheim" }));
  await user.keyboard("{Control>}{Enter}{/Control}");
  const dialog = await screen.findByRole("dialog", { name: /^Impersonate/ });
  expect(dialog.contains(document.activeElement)).toBe(true);
  await user.keyboard("wei");
  expect(document.querySelector("[role=row][aria-selected=true]")?.textContent).toContain("Ingrid Solheim");
  act(release);
  expect(await screen.findByRole("textbox", { name: "Reason" })).toBeTruthy();
});
