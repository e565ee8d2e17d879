/** axe on the states of the window that the real program is hard to bring to: scenes of the gallery. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { build, type PreviewServer, preview } from "vite";
import { expectAccessible } from "./axe";

interface State {
  /** The query of the gallery's address. */
  scene: string;
  /** Leads from the first screen to the state. */
  go?: (page: Page) => Promise<void>;
  /** Finds something that shows that the state is there. */
  shows: string | RegExp;
}

const press = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();
const section =
  (name: string, ...inside: (string | RegExp)[]) =>
  async (page: Page) => {
    await page.getByRole("button", { name, exact: true }).click();
    for (const button of inside) await press(button)(page);
  };
const fill = (box: string | RegExp, text: string) => async (page: Page) => {
  await page.getByRole("searchbox", { name: box }).pressSequentially(text);
};
const inTurn =
  (...steps: ((page: Page) => Promise<void>)[]) =>
  async (page: Page) => {
    for (const step of steps) await step(page);
  };
const row = (name: string) => (page: Page) => page.getByRole("row", { name }).first().click();
const key = (chord: string) => (page: Page) => page.keyboard.press(chord);
const item = (name: string | RegExp) => (page: Page) => page.getByRole("menuitem", { name }).click();
const firstEntry = inTurn(
  (page) => page.getByRole("grid", { name: "Recorded impersonations" }).focus(),
  key("ArrowDown"),
);
const dialog = inTurn(row("Ingrid Solheim"), press("Impersonate…"));
const reason = (page: Page) => page.getByRole("textbox", { name: "Reason" }).fill("Ticket 1");
const submit = (page: Page) =>
  page.getByRole("dialog").getByRole("button", { name: "Impersonate", exact: true }).click();

const states: Record<string, State> = {
  "the help": {
    scene: "connected=no",
    go: press("What Understudy promises"),
    shows: "Keyboard shortcuts and security",
  },
  "a name that was picked": {
    scene: "identified=no",
    go: async (page) => {
      await page.getByRole("combobox", { name: /Search for yourself/ }).fill("maya");
      await page.getByRole("option", { name: /Maya Lindqvist/ }).click();
    },
    shows: /^Continue as Maya Lindqvist/,
  },
  "a name and address of one who is no user": {
    scene: "identified=no",
    go: press("I'm not a user of this app"),
    shows: "Who are you?",
  },
  "an instance that signs in elsewhere": {
    scene: "moved=https://clerk.new.example",
    shows: "https://clerk.new.example",
  },
  "a locked window": { scene: "locked=yes", shows: /Unlock/ },
  "a keychain that is waited for": { scene: "hold=selectInstance", shows: "Waiting for your keychain" },
  "a key that could not be fetched": {
    scene: "fail=selectInstance:keychain_locked",
    shows: "Acme is still locked",
  },
  "a user's panel": { scene: "", go: row("Wei Zhang"), shows: "Organizations" },
  "the commands": { scene: "", go: press("Commands"), shows: "What you can do" },
  "the commands, with a pinned search": {
    scene: "",
    go: inTurn(fill("Search users", "banned:yes"), key("Enter"), press("Pin this search"), press("Commands")),
    shows: "Pinned",
  },
  "the diagnostics": {
    scene: "",
    go: async (page) => {
      await press("Commands")(page);
      await page.getByRole("combobox", { name: "Commands" }).fill(">diagnostics");
      await page.keyboard.press("Enter");
    },
    shows: "Journal",
  },
  "an offered filter": {
    scene: "",
    go: inTurn(press("Filter"), item("Banned"), key("ArrowDown")),
    shows: "Banned yes",
  },
  "offered organizations": { scene: "", go: fill("Search users", "noor org:"), shows: "Meridian Health" },
  "organizations that did not load": {
    scene: "fail=findOrganizations:clerk_timeout",
    go: fill("Search users", "org:acme"),
    shows: "The organizations did not load.",
  },
  "the columns": { scene: "", go: press("Columns"), shows: "User ID" },
  "the dialog with findings": {
    scene: "findings=ask",
    go: inTurn(dialog, reason, submit),
    shows: /Why this protected user/,
  },
  "the dialog with changes allowed": {
    scene: "live=no",
    go: inTurn(dialog, (page) => page.getByRole("radio", { name: /^Allow changes/ }).click()),
    shows: "Why you need to change something",
  },
  "the dialog where changes are forbidden": {
    scene: "live=no&allow=never&managed=changes.allow",
    go: dialog,
    shows: "Your organization doesn't allow changes.",
  },
  "a browser that can't hold back changes": {
    scene: "live=no",
    go: inTurn(dialog, (page) => page.getByRole("radio", { name: /^Firefox/ }).click()),
    shows: /Firefox.* can't hold back changes\.$/,
  },
  "no browser that can hold back changes": {
    scene: "live=no&allow=never&browsers=Firefox",
    go: dialog,
    shows: /^No browser on this computer can/,
  },
  "a page to open at of another site": {
    scene: "live=no",
    go: inTurn(
      dialog,
      reason,
      (page) => page.getByRole("textbox", { name: /^Open at/ }).fill("https://evil.example/"),
      submit,
    ),
    shows: /^That is another site/,
  },
  "a browser that is signed in as another user": {
    scene: "",
    go: inTurn(
      dialog,
      (page) => page.getByRole("radio", { name: /^Your default browser/ }).click(),
      reason,
      submit,
    ),
    shows: /^End Priya Raman and/,
  },
  "a user who must not be impersonated": {
    scene: "live=no&history=1&findings=refuse",
    go: inTurn(section("History"), firstEntry, press("Impersonate…")),
    shows: "Must not be impersonated",
  },
  "the message of an open browser": {
    scene: "live=no",
    go: inTurn(dialog, reason, submit),
    shows: /^Browser opened for/,
  },
  "a switch to production": {
    scene: "environment=development&more=Globex",
    go: inTurn(press(/^Instance: Acme/), item(/Globex/)),
    shows: "Switch to Globex, in production?",
  },
  "a key to be replaced": {
    scene: "",
    go: inTurn(press(/^Instance: Acme/), item("Replace key…")),
    shows: "Replace the key of Acme",
  },
  "closing while something runs": { scene: "closing=yes", shows: "3 impersonations are still running" },
  "signing in is to be set up": {
    scene: "",
    go: inTurn(press(/^You are Maya Lindqvist/), item("Sign in with Clerk…")),
    shows: "Create it at Clerk",
  },
  "the browser is waited for": {
    scene: "hold=signInOperator",
    go: inTurn(
      press(/^You are Maya Lindqvist/),
      item("Sign in with Clerk…"),
      press("Create it at Clerk"),
      press("Open the browser"),
    ),
    shows: "Waiting for your browser",
  },
  "the board": { scene: "", go: section("Live"), shows: "Ended today" },
  "a board as last known": {
    scene: "fail=listLive:clerk_unreachable:9000",
    go: section("Live"),
    shows: /Try again in/,
  },
  "a board of modes": { scene: "watched=yes", go: section("Live"), shows: "3 held back" },
  "an open row": {
    scene: "watched=yes",
    go: section("Live", /^Details of Priya/),
    shows: "Held back in this session",
  },
  "the dialog that allows changes": {
    scene: "watched=yes",
    go: section("Live", /^Allow changes as Priya/),
    shows: /^View only again at/,
  },
  "the dialog that allows a path": {
    scene: "watched=yes",
    go: section("Live", /^Details of Priya/, /^Allow this path/),
    shows: /^Until the session ends at/,
  },
  "a link that Clerk refused": {
    scene: "live=no&browsers=Chrome&signIn=refused:ticket_expired_code",
    go: inTurn(dialog, reason, submit),
    shows: /^Clerk refused the link for/,
  },
  "a sign-in in view only": {
    scene: "live=no&browsers=Chrome&signIn=accepted",
    go: inTurn(dialog, reason, submit),
    shows: "View only: changes are held back.",
  },
  "an empty board": { scene: "live=no", go: section("Live"), shows: "Nobody is being impersonated" },
  "the history": { scene: "history=12", go: section("History"), shows: /^Verified/ },
  "an empty history": { scene: "history=0", go: section("History"), shows: "Nothing has happened yet" },
  "an entry of the history": {
    scene: "history=1",
    go: inTurn(section("History"), firstEntry),
    shows: "Copy anchor",
  },
  "the report of a session that changed something": {
    scene: "history=5",
    go: inTurn(section("History"), firstEntry, key("End"), press("3 more")),
    shows: /^Sent 2 changes/,
  },
  "a report that does not match": {
    scene: "history=1&fail=getReport:report_damaged",
    go: inTurn(section("History"), firstEntry),
    shows: "The sentence of report_damaged.",
  },
  "an entry that nobody watched": {
    scene: "history=6",
    go: inTurn(section("History"), firstEntry, key("End")),
    shows: /^There is no report/,
  },
  "a narrowed history": {
    scene: "",
    go: inTurn(section("History", "Filter"), item("Expired")),
    shows: /^\d+ found$/,
  },
  "the history of one user": {
    scene: "",
    go: inTurn(section("History"), firstEntry, press("Only this user")),
    shows: /^\d+ found$/,
  },
  "a search that has not come to the beginning": {
    scene: "older=never",
    go: inTurn(section("History"), fill("Search history", "no such thing")),
    shows: /^Searched back to/,
  },
  "an export": {
    scene: "hold=exportHistory",
    go: inTurn(section("History", "Export"), item(/^JSON/)),
    shows: "Stop",
  },
  "a head that does not match": {
    scene: "head=differs",
    go: inTurn(press("History has been changed"), press("Accept as it is…")),
    shows: "Accept the history as it is?",
  },
  "a head that is not compared": {
    scene: "hold=compareHead",
    go: section("History", "Cancel"),
    shows: "Not checked against keychain",
  },
  "a broken record": { scene: "chain=broken", go: section("History"), shows: /Broken at record/ },
  "a torn record, and a clock that went back": {
    scene: "chain=torn&clock=The clock went back.",
    go: section("History"),
    shows: "The clock went back.",
  },
  "a clock that went back": {
    scene: "clock=The clock went back.",
    go: section("History"),
    shows: "The clock went back.",
  },
  "the settings of the instances": {
    scene: "",
    go: section("Settings", "Instances"),
    shows: "sk_live_…x7Q2",
  },
  "the settings of an instance": {
    scene: "more=Globex",
    go: section("Settings", "Instances", "Edit…"),
    shows: /^Edit (Acme|Globex)/,
  },
  "the settings of the lock": { scene: "", go: section("Settings", "Lock"), shows: "Lock after" },
  "the rules": { scene: "", go: section("Settings", "Rules"), shows: "Reason must match" },
  "managed rules": {
    scene: "managed=longest_session_minutes,protected.roles,protected.metadata&longest=10",
    go: section("Settings", "Rules"),
    shows: /Managed by your organization/,
  },
  about: {
    scene: "api=https://clerk.internal.example",
    go: section("Settings", "About"),
    shows: "GNOME Keyring",
  },
};

test.describe("axe finds nothing in", () => {
  test.describe.configure({ mode: "default" }); // one build for all
  test.use({ actionTimeout: 15_000 });
  let folder: string;
  let server: PreviewServer;
  test.beforeAll(async () => {
    test.setTimeout(300_000); // on a busy machine
    folder = await mkdtemp(join(tmpdir(), "understudy-gallery-"));
    const built = { outDir: folder, minify: false, rolldownOptions: { input: "gallery/index.html" } };
    await build({ build: built, logLevel: "error" });
    server = await preview({ build: built, preview: { port: 0 }, logLevel: "error" });
  });
  test.afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  for (const [name, { scene, go, shows }] of Object.entries(states)) {
    test(name, async ({ page }) => {
      test.slow(); // axe computes for seconds
      const [address] = server.resolvedUrls?.local ?? [];
      await page.goto(`${address}gallery/index.html?${scene}`);
      await go?.(page);
      const shown = page.getByText(shows).or(page.getByRole("button", { name: shows }));
      await expect(shown.filter({ visible: true }).first()).toBeVisible();
      await expectAccessible(page, name);
    });
  }
});
