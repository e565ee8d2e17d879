import { act, screen, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { createMemoryBackend } from "@/backend/memory/memory";
import { openApp, showApp } from "@/testing/open";

const card = (name: string) => screen.findByRole("button", { name: new RegExp(`^Instance: ${name},`) });
const table = () => screen.findByRole("grid", { name: "Users" });

async function toProduction(user: UserEvent) {
  await user.click(await screen.findByRole("button", { name: "Switch to production" }));
}

describe("several instances", () => {
  test("into a production one it asks once a run", async () => {
    const { backend, user } = openApp({ environment: "development", more: ["Globex"] });
    await table();
    await user.keyboard("{Alt>}2{/Alt}");
    const question = await screen.findByRole("alertdialog", { name: "Switch to Globex, in production?" });
    await user.click(within(question).getByRole("button", { name: "Stay in Acme" }));
    expect(backend.calls).not.toContainEqual(["selectInstance", "ins_globex"]);

    await user.keyboard("{Alt>}2{/Alt}");
    await toProduction(user);
    await card("Globex");
    await expect.poll(() => document.documentElement.dataset["env"]).toBe("production");
    await table();
    await user.keyboard("{Alt>}1{/Alt}");
    await card("Acme");
    await table();
    await user.keyboard("{Alt>}2{/Alt}");
    await card("Globex");
    expect(screen.queryByRole("alertdialog")).toBeNull();
  });

  test("switched a hundred times with answers on their way, neither shows a user of the other", async () => {
    const { backend, user } = openApp({ environment: "development", more: ["Globex"], users: 20 });
    await table();
    await user.keyboard("{Alt>}2{/Alt}");
    await toProduction(user);
    await card("Globex");
    await table();
    const wrong: string[] = [];
    const watch = new MutationObserver(() => {
      const inGlobex = document.querySelector("[aria-label^='Instance: Globex']") !== null;
      for (const { textContent } of document.querySelectorAll("[role=rowheader]")) {
        // A row that is still to come says nothing.
        if (textContent !== "" && textContent.includes("of Globex") !== inGlobex) wrong.push(textContent);
      }
    });
    watch.observe(document.body, { subtree: true, childList: true, characterData: true });
    for (let turn = 0; turn < 100; turn += 1) {
      const releases = (["listUsers", "countUsers", "getUser", "listLive"] as const).map((method) =>
        backend.hold(method),
      );
      act(() => backend.choose("refresh"));
      // oxlint-disable-next-line no-await-in-loop -- one switch after the other is what is tested
      await act(async () => backend.choose(`instance${1 + (turn % 2)}`));
      // oxlint-disable-next-line no-await-in-loop -- as above
      await act(async () => releases.forEach((release) => release()));
    }
    await card("Globex");
    await screen.findAllByRole("rowheader", { name: /of Globex/ });
    watch.disconnect();
    expect(wrong).toEqual([]);
    expect(backend.calls.filter(([method]) => method === "selectInstance").length).toBeGreaterThan(100);
  }, 600_000);

  test("a switch that was given up too late is followed", async () => {
    const backend = createMemoryBackend({ users: 60, more: ["Globex"] });
    const never = new AbortController().signal;
    const { user } = showApp({ ...backend, selectInstance: (id) => backend.selectInstance(id, never) });
    await table();
    const release = backend.hold("selectInstance");
    await user.keyboard("{Alt>}2{/Alt}");
    await toProduction(user);
    await user.click(await screen.findByRole("button", { name: "Cancel" }, { timeout: 20_000 }));
    await act(async () => release());
    await card("Globex");
    expect((await screen.findAllByRole("rowheader", { name: /of Globex/ })).length).toBeGreaterThan(0);
  });

  test("the palette names them", async () => {
    const { user } = openApp({ more: ["Globex"] });
    await table();
    await user.keyboard("{Control>}k{/Control}");
    await user.click(await screen.findByRole("option", { name: /^Switch to Globex/ }));
    await toProduction(user);
    expect(await card("Globex")).toBeTruthy();
  });

  test("a search that finds nobody can go on in another one", async () => {
    const { user } = openApp({ more: ["Globex"] });
    await table();
    await user.type(screen.getByRole("searchbox", { name: "Search users" }), "of Globex{Enter}");
    await user.click(await screen.findByRole("button", { name: "Search in Globex Production" }));
    await toProduction(user);
    await card("Globex");
    expect(await screen.findByDisplayValue("of Globex")).toBeTruthy();
    await screen.findAllByRole("rowheader", { name: /of Globex/ });
  });

  test("are named, coloured and ordered in the settings", async () => {
    const { backend, user } = openApp({ more: ["Globex"] });
    await table();
    await user.click(screen.getByRole("button", { name: "Settings" }));
    await user.click(await screen.findByRole("button", { name: "Instances" }));
    expect(await screen.findByText("9c41d07be35fa286")).toBeTruthy();
    const [edit] = screen.getAllByRole("button", { name: "Edit…" });
    if (!edit) throw new Error("nothing to edit");
    await user.click(edit);
    const name = await screen.findByRole("textbox", { name: "Name" });
    await user.clear(name);
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect((await screen.findByRole("alert")).textContent).toBe("Give it a name.");
    await user.type(name, "Acme EU");
    await user.click(screen.getByRole("radio", { name: "Blue" }));
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect(await card("Acme EU")).toBeTruthy();
    expect(backend.calls).toContainEqual(["describeInstance", "ins_memory", "Acme EU", "blue"]);
    await user.click(screen.getByRole("button", { name: "Move Globex up" }));
    await expect
      .poll(async () => (await backend.listInstances()).map((instance) => instance.name))
      .toEqual(["Globex", "Acme EU"]);
  });

  test("the key is replaced in place", async () => {
    const { backend, user } = openApp();
    await table();
    await user.click(await card("Acme"));
    await user.click(await screen.findByRole("menuitem", { name: "Replace key…" }));
    const dialog = await screen.findByRole("dialog", { name: "Replace the key of Acme" });
    expect(within(dialog).getByText("sk_live_…x7Q2")).toBeTruthy();
    backend.fail("replaceKey", {
      code: "key_of_another_instance",
      message: "That key belongs to another instance.",
    });
    await user.click(within(dialog).getByRole("button", { name: /^Paste the new key/ }));
    expect((await within(dialog).findByRole("alert")).textContent).toContain("belongs to another instance");
    backend.mend("replaceKey");
    await user.click(within(dialog).getByRole("button", { name: /^Paste the new key/ }));
    expect(await screen.findByText("The key of Acme was replaced")).toBeTruthy();
    expect(screen.getByText(/sk_live_…n3W1 is in use/).textContent).toMatch(
      /Delete sk_live_…x7Q2 in Clerk.*recycle bin.*clipboard manager/,
    );
  });

  test("an instance that signs in elsewhere is shown only when the new address is trusted", async () => {
    const { backend, user } = openApp({ movedTo: ["https://clerk.new.example"] });
    const alert = await screen.findByRole("alert");
    expect(within(alert).getByText("https://clerk.acme.example")).toBeTruthy();
    expect(within(alert).getByText("https://clerk.new.example")).toBeTruthy();
    await expect.poll(() => screen.queryByRole("grid")).toBeNull();
    await user.click(screen.getByRole("button", { name: "Trust the new address…" }));
    expect(backend.calls.map(([method]) => method)).not.toContain("trustAddress");
    await user.click(await screen.findByRole("button", { name: "Trust it" }));
    await table();
    expect(backend.calls).toContainEqual(["trustAddress", ["https://clerk.new.example"]]);
  });
});
