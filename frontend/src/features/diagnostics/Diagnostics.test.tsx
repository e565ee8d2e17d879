import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "@/testing/open";

/** The dialog, opened as the menu Help does, with the report there. */
async function openDiagnostics(options: Parameters<typeof openApp>[0] = {}) {
  const opened = openApp(options);
  if (options.connected === false) await screen.findByRole("button", { name: "Paste secret key" });
  else await screen.findByRole("grid");
  act(() => opened.backend.choose("diagnostics"));
  const dialog = await screen.findByRole("dialog", { name: "Save diagnostics" });
  return { ...opened, dialog: within(dialog) };
}

test("the dialog shows the text of each part as it will be saved, the journal first", async () => {
  const { dialog, user } = await openDiagnostics();
  expect((await dialog.findByRole("document", { name: "Journal" })).textContent).toContain("ListUsers");
  await user.click(dialog.getByRole("tab", { name: /^Computer/ }));
  expect(dialog.getByRole("document", { name: "Computer" }).textContent).toBe(
    "Understudy 1.8.0, linux/amd64\nWebKitGTK\n",
  );
  expect(dialog.getByRole("tab", { name: /Clerk.*failed/ })).toBeTruthy();
  expect(dialog.getByText(/About 2 KB/)).toBeTruthy();
});

test("Enter saves what is shown, says where it is, and closes the dialog", async () => {
  const { dialog, user, backend } = await openDiagnostics();
  const save = await dialog.findByRole("button", { name: /Save file…/ });
  await waitFor(() => expect(document.activeElement).toBe(save));
  await user.keyboard("{Enter}");
  await screen.findByText("/home/maya/understudy-diagnostics.txt");
  await waitFor(() => expect(screen.queryByRole("dialog", { name: "Save diagnostics" })).toBeNull());
  expect(backend.calls.filter(([method]) => method === "saveDiagnostics")).toHaveLength(1);
});

test("the dialog stays open while nothing was saved", async () => {
  const { dialog, user, backend } = await openDiagnostics();
  backend.saveDiagnostics = () => Promise.resolve("");
  const save = await dialog.findByRole("button", { name: /Save file…/ });
  await waitFor(() => expect(save.getAttribute("aria-disabled")).toBe("false"));
  await user.click(save);
  await waitFor(() => expect(save.getAttribute("aria-disabled")).toBe("false"));
  expect(screen.getByRole("dialog", { name: "Save diagnostics" })).toBeTruthy();
});

test("diagnostics can be saved before an instance is connected", async () => {
  const { dialog } = await openDiagnostics({ connected: false });
  expect(await dialog.findByRole("document", { name: "Journal" })).toBeTruthy();
});
