import { act, screen, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { createMemoryBackend } from "@/backend/memory/memory";
import { openApp, showApp } from "@/testing/open";
import { startQuery } from "./queries";

const current = () =>
  within(screen.getByRole("navigation", { name: "Sections" }))
    .getAllByRole("button")
    .find((button) => button.getAttribute("aria-current") === "page")?.textContent;

describe("the window of an instance", () => {
  test("says who acts, where, and that nobody checked it", async () => {
    openApp({ environment: "production" });
    expect(await screen.findByText(/^unverified/)).toBeTruthy();
    expect(await screen.findByText("Noor Haddad")).toBeTruthy();
    expect(screen.getAllByText("Production")).toHaveLength(2);
    expect(document.documentElement.dataset["env"]).toBe("production");
  });

  test("an instance that was opened ahead is there at once, its users too", async () => {
    const { backend, queries } = openApp({ opened: true, users: 60 });
    const grid = await screen.findByRole("grid", { name: "Users" });
    expect((await within(grid).findAllByRole("rowheader")).length).toBeGreaterThan(0);
    const asked = backend.calls.map(([method]) => method);
    expect(asked).not.toContain("selectInstance");
    expect(asked).not.toContain("listUsers");
    // They belong to the connection, and go with it.
    expect(queries.getQueryData(startQuery(backend).queryKey)).not.toHaveProperty("opened");
  });

  test("nobody is asked to connect on the way to the sample, unless it takes long", async () => {
    const backend = createMemoryBackend({ users: 60, environment: "sample" });
    const start = { ...(await backend.start()), sample: true, instances: [] };
    const goOn = backend.hold("connectSample");
    showApp({ ...backend, start: () => Promise.resolve(start) });
    await expect.poll(() => backend.calls.map(([method]) => method)).toContain("connectSample");
    expect(screen.queryByRole("main")).toBeNull();
    expect(await screen.findByRole("button", { name: "Paste secret key" })).toBeTruthy();
    goOn();
    expect(await screen.findByRole("grid", { name: "Users" })).toBeTruthy();
  });

  test("the status bar tells of which moment the users are, while they are shown", async () => {
    const { user } = openApp();
    const status = within(await screen.findByRole("contentinfo", { name: "Status" }));
    const said = await status.findByText(/^As of \d/);
    await user.keyboard("{Control>}2{/Control}");
    await expect.poll(() => said.style.display).toBe("none");
    await user.keyboard("{Control>}1{/Control}");
    await expect.poll(() => said.style.display).toBe("");
  });

  test("an API address set from outside stands in the status bar", async () => {
    openApp({ apiURL: "https://clerk.internal.example" });
    const status = await screen.findByRole("contentinfo", { name: "Status" });
    expect(within(status).getByText(/https:\/\/clerk\.internal\.example/)).toBeTruthy();
  });

  test("a wait for Clerk is said while it lasts", async () => {
    const { backend } = openApp();
    await screen.findByText("Noor Haddad");
    act(() => backend.wait(300_000, "limit"));
    expect(screen.getByText(/Waiting to stay within Clerk's limits:/).textContent).toMatch(/(5:00|4:\d\d)$/);
    act(() => backend.wait(540_000, "clerk"));
    expect(screen.getByText(/Clerk asked us to wait:/).textContent).toMatch(/(9:00|8:\d\d)$/);
    act(() => backend.wait(1, "limit"));
    expect(screen.getByText(/Clerk asked us to wait:/).textContent).toMatch(/(9:00|8:\d\d)$/);
  });

  test("keys go from section to section", async () => {
    const { user } = openApp();
    await screen.findByRole("navigation", { name: "Sections" });
    await user.keyboard("{Control>}2{/Control}");
    expect(current()).toContain("Live");
    await user.keyboard("{Control>}3{/Control}");
    expect(current()).toContain("History");
    await user.keyboard("{Control>},{/Control}");
    expect(screen.getByRole("button", { name: "Settings" }).getAttribute("aria-current")).toBe("page");
    await user.keyboard("{Control>}1{/Control}");
    expect(current()).toContain("Users");
    await user.keyboard("{Control>}4{/Control}");
    expect(screen.getByRole("button", { name: "Settings" }).getAttribute("aria-current")).toBe("page");
  });

  test("a key opens the instances", async () => {
    const { user } = openApp();
    await screen.findByRole("navigation", { name: "Sections" });
    await user.keyboard("{Control>}{Shift>}I{/Shift}{/Control}");
    expect(await screen.findByRole("menuitem", { name: /In use/ })).toBeTruthy();
  });

  test.each(["{F5}", "{Control>}r{/Control}"])("%s reads the users anew", async (keys) => {
    const { backend, user } = openApp();
    await screen.findByRole("rowheader", { name: "Noor Haddad" });
    backend.users.splice(
      0,
      1,
      ...backend.users.slice(0, 1).map((noor) => ({ ...noor, name: "Noor Larsen" })),
    );
    await user.keyboard(keys);
    expect(await screen.findByRole("rowheader", { name: "Noor Larsen" })).toBeTruthy();
  });

  test("the native menu does the same", async () => {
    const { backend } = openApp();
    await screen.findByRole("navigation", { name: "Sections" });
    backend.choose("live");
    expect(await screen.findByRole("heading", { name: "Live" })).toBeTruthy();
  });

  test("search leads to the users from where there is none", async () => {
    const { user } = openApp();
    await screen.findByRole("grid", { name: "Users" });
    await user.keyboard("{Control>}2{/Control}");
    await user.keyboard("{Control>}f{/Control}");
    const search = await screen.findByRole("searchbox", { name: "Search users" });
    await expect.poll(() => document.activeElement).toBe(search);
  });

  test("a view at the side searches for its users, once", async () => {
    const { user } = openApp({ users: 400 });
    await screen.findByRole("grid", { name: "Users" });
    await user.keyboard("{Control>}2{/Control}");
    const views = screen.getByRole("navigation", { name: "Views" });
    await user.click(within(views).getByRole("button", { name: /^Banned/ }));
    const filters = await screen.findByRole("list", { name: "Filters" });
    expect(filters.textContent).toContain("Banned yes");
    await user.click(screen.getByRole("button", { name: "Remove the filter Banned yes" }));
    await user.keyboard("{Control>}2{/Control}{Control>}1{/Control}");
    await expect.poll(() => screen.queryByRole("list", { name: "Filters" })).toBeNull();
  });

  test("F6 goes round the panes, from the details that lie in another as well", async () => {
    const { user } = openApp();
    await user.click(await screen.findByRole("rowheader", { name: "Wei Zhang" }));
    const round: (string | null | undefined)[] = [];
    for (let press = 0; press < 5; press += 1) {
      await user.keyboard("{F6}");
      const pane = document.activeElement?.closest("[data-pane]");
      round.push(pane?.getAttribute("aria-label") ?? pane?.tagName);
    }
    expect(round).toEqual(["Details", "Status", "Instance and sections", "MAIN", "Details"]);
  });

  test("F6 passes over what is not drawn", async () => {
    const { user } = openApp();
    await user.click(await screen.findByRole("rowheader", { name: "Wei Zhang" }));
    // As the style sheet does in a window that is narrow.
    const status = screen.getByRole("contentinfo", { name: "Status" });
    for (const button of within(status).getAllByRole("button")) button.style.display = "none";
    await user.keyboard("{F6}{F6}");
    const sidebar = screen.getByRole("complementary", { name: "Instance and sections" });
    expect(sidebar.contains(document.activeElement)).toBe(true);
  });

  test("zoom is kept, between its bounds", async () => {
    const { backend, user } = openApp();
    await screen.findByRole("grid", { name: "Users" });
    await user.keyboard("{Control>}={/Control}");
    await expect.poll(() => document.documentElement.style.fontSize).toBe("110%");
    await backend.changeSettings({ zoom: 100 });
    await user.keyboard("{Control>}0{/Control}");
    await expect.poll(() => document.documentElement.style.fontSize).toBe("100%");
  });

  test("the window looks the same wherever it leads", async () => {
    const { backend, user } = openApp({ environment: "development", more: ["Globex"] });
    await screen.findByRole("grid", { name: "Users" });
    const { style } = document.documentElement;
    const zooms: string[] = [];
    const watch = new MutationObserver(() => {
      if (zooms.at(-1) !== style.fontSize) zooms.push(style.fontSize);
    });
    watch.observe(document.documentElement, { attributeFilter: ["style"] });
    const connectAnother = async () => {
      await user.click(await screen.findByRole("button", { name: /^Instance: Acme/ }));
      await user.click(await screen.findByRole("menuitem", { name: "Connect another…" }));
      await screen.findByRole("button", { name: "Paste secret key" });
      await user.click(screen.getByRole("button", { name: /^Back/ }));
      await screen.findByRole("grid", { name: "Users" });
    };
    await connectAnother();
    await user.keyboard("{Control>}={/Control}");
    await expect.poll(() => style.fontSize).toBe("110%");
    await connectAnother();
    await user.keyboard("{Alt>}2{/Alt}");
    await user.click(await screen.findByRole("button", { name: "Switch to production" }));
    await screen.findByRole("button", { name: /^Instance: Globex/ });
    await screen.findByRole("grid", { name: "Users" });
    act(() => backend.lockItself());
    await screen.findByRole("button", { name: "Unlock" });
    watch.disconnect();
    expect(zooms).toEqual(["110%"]);
  });

  test("zoom that is managed stays as it is, and says so", async () => {
    const backend = createMemoryBackend({ users: 60, managed: ["zoom"] });
    await backend.changeSettings({ zoom: 120 });
    const { user } = showApp(backend);
    await screen.findByRole("grid", { name: "Users" });
    await user.keyboard("{Control>}={/Control}{Control>}-{/Control}");
    expect(await screen.findByRole("group", { name: "Zoom" })).toHaveProperty(
      "textContent",
      expect.stringContaining("Managed by your organization"),
    );
    await expect.poll(() => screen.getAllByRole("group", { name: "Zoom" })).toHaveLength(1);
    expect(document.documentElement.style.fontSize).toBe("120%");
  });

  test("a start that fails can be tried again", async () => {
    const backend = createMemoryBackend();
    backend.fail("start", { code: "internal", message: "It did not start.", retry: true });
    const { user } = showApp(backend);
    expect((await screen.findByRole("alert")).textContent).toContain("It did not start.");
    backend.mend("start");
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("grid", { name: "Users" })).toBeTruthy();
  });
});
