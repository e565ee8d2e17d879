import { screen } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { expect } from "vitest";
import type { MemoryBackend } from "@/backend/memory/memory";

export const focusOnReason = () =>
  expect.poll(() => document.activeElement).toBe(screen.getByRole("textbox", { name: "Reason" }));

/** Asks for the dialog in the history's panel, whose button needs no layout. */
export async function askForDialog(user: UserEvent): Promise<HTMLElement> {
  await user.click(await screen.findByRole("button", { name: "History" }));
  const rows = await screen.findAllByRole("row", { selected: false });
  await user.click(rows[0] ?? document.body);
  const button = await screen.findByRole("button", { name: "Impersonate…" });
  await expect.poll(() => button.hasAttribute("disabled")).toBe(false);
  await user.click(button);
  return screen.findByRole("dialog", { name: /^Impersonate \W?Ingrid Solheim/ });
}

/** Opens the dialog with its form. Nothing is typed in it. */
export async function openDialog(user: UserEvent): Promise<HTMLElement> {
  const dialog = await askForDialog(user);
  await focusOnReason();
  // The history gives its reason; these begin without.
  await user.clear(screen.getByRole("textbox", { name: "Reason" }));
  return dialog;
}

/** The calls that asked Clerk for an actor token. */
export const asked = (backend: MemoryBackend) =>
  backend.calls.filter(([method]) => method === "createActorToken");

/** Says why something has to be changed, which production asks for where changes are not held back. */
export const sayWhy = async (user: UserEvent) =>
  user.type(
    await screen.findByRole("textbox", { name: "Why you need to change something" }),
    "Resend the invitation",
  );

export const submit = () => screen.getByRole("button", { name: "Impersonate" });
