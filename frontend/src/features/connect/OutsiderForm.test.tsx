import { screen, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { createMemoryBackend, type MemoryBackend } from "@/backend/memory/memory";
import { showApp } from "@/testing/open";

/** Opens the form of somebody who searched for that and is no user. */
async function openForm(typed: string, prepare: (backend: MemoryBackend) => void = () => undefined) {
  const backend = createMemoryBackend({ identified: false, users: 60 });
  prepare(backend);
  const { user } = showApp(backend);
  await user.type(await screen.findByRole("combobox", { name: /Search for yourself/ }), typed);
  await user.click(screen.getByRole("button", { name: /I'm not a user of this app/ }));
  await screen.findByRole("heading", { name: "Who are you?" });
  return { backend, user };
}

const box = (name: string) => screen.getByRole<HTMLInputElement>("textbox", { name });

describe("Who are you?", () => {
  test("begins with what was searched for, and acts by name and address, unverified", async () => {
    const { backend, user } = await openForm("Maya Okafor");
    expect(box("Your name").value).toBe("Maya Okafor");
    expect(document.activeElement).toBe(box("Work address"));
    await user.keyboard("maya@agency.example{Enter}");
    expect(await screen.findByRole("button", { name: "You are Maya Okafor, unverified" })).toBeTruthy();
    expect(backend.calls).toContainEqual(["actAsOutsider", "Maya Okafor", "maya@agency.example"]);
  });

  test("a complaint stands at its box, until the box is changed", async () => {
    const { user } = await openForm("maya@agency", (backend) =>
      backend.fail("actAsOutsider", { code: "operator_address", message: "Enter your work address." }),
    );
    expect(box("Work address").value).toBe("maya@agency");
    await user.type(box("Your name"), "Maya{Enter}");
    expect((await screen.findByRole("alert")).textContent).toBe("Enter your work address.");
    expect(document.activeElement).toBe(box("Work address"));
    await user.keyboard(".example");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  test("says it plainly where the rules want somebody verified", async () => {
    await openForm("maya", (backend) => {
      backend.signIn = async () => ({
        clientID: "",
        required: true,
        name: "",
        redirectURIs: [],
        scopes: [],
      });
    });
    expect(await screen.findByText(/^The rules of this instance require a verified sign-in/)).toBeTruthy();
  });

  test("Escape goes back to the list, and the search is still there", async () => {
    const { user } = await openForm("okafor");
    await user.keyboard("{Escape}");
    const search = await screen.findByRole<HTMLInputElement>("combobox", { name: /Search for yourself/ });
    expect(search.value).toBe("okafor");
    expect(document.activeElement).toBe(search);
  });
});

async function chooseAgain() {
  const { user } = showApp(createMemoryBackend({ users: 60 }));
  await user.click(await screen.findByRole("button", { name: /^You are Maya Lindqvist/ }));
  await user.click(await screen.findByRole("menuitem", { name: "Choose who you are…" }));
  await screen.findByRole("heading", { name: "Which user are you?" });
  return user;
}

describe("choosing again who acts", () => {
  test("can be left by a button, and everything is as it was", async () => {
    const user = await chooseAgain();
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    expect(await screen.findByRole("button", { name: "You are Maya Lindqvist, unverified" })).toBeTruthy();
  });

  test("can be left by Escape, which clears the search first", async () => {
    const user = await chooseAgain();
    await user.keyboard("noor{Escape}");
    expect(screen.getByRole("heading", { name: "Which user are you?" })).toBeTruthy();
    await user.keyboard("{Escape}");
    expect(within(document.body).queryByRole("heading", { name: "Which user are you?" })).toBeNull();
    expect(await screen.findByRole("grid", { name: "Users" })).toBeTruthy();
  });

  test("is no choice before anybody acts", async () => {
    showApp(createMemoryBackend({ identified: false, users: 60 }));
    await screen.findByRole("heading", { name: "Which user are you?" });
    expect(screen.queryByRole("button", { name: "Cancel" })).toBeNull();
  });
});
