import { connect, expect, key, test } from "./test";

/** Each has another sentence than the one before, which is still there when it is pasted. */
const wrongPastes = [
  { name: "nothing", text: "", sentence: "There is no secret key on the clipboard." },
  {
    name: "a publishable key",
    text: "pk_test_Y2xlcmsuZXhhbXBsZSQ",
    sentence: "That is the publishable key.",
  },
  {
    name: "a webhook secret",
    text: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    sentence: "That is a webhook signing secret.",
  },
  { name: "two keys", text: `${key} ${key}x`, sentence: "There is more than one secret key" },
  { name: "a cut off key", text: key.slice(0, 14), sentence: "That key is cut off." },
  {
    name: "look-alike letters",
    text: key.replace("e", "е"),
    sentence: "the Cyrillic “е” (U+0435). It only looks like the right one.",
  },
  { name: "a masked key", text: `${key.slice(0, 8)}••••••••`, sentence: "That key is cut off." },
  { name: "far too much", text: "x".repeat(1_000_000), sentence: "far too long for a key" },
  { name: "something else", text: "hello", sentence: "not a Clerk secret key" },
];

test("each wrong paste says what is wrong, and the focus stays", async ({ page, program }) => {
  test.slow(); // nine pastes
  for (const { name, text, sentence } of wrongPastes) {
    await program.copy(text);
    const paste = page.getByRole("button", { name: "Paste secret key" });
    await paste.click();
    await expect(page.getByRole("alert"), name).toContainText(sentence);
    await expect(paste, name).toBeFocused();
  }
});

test("a key that Clerk does not know is refused and not kept", async ({ page, program, clerk }) => {
  await clerk.breakAnswers({ kind: "error", path: "/v1/instance", status: 401, code: "clerk_key_invalid" });
  await program.copy(key);
  await page.getByRole("button", { name: "Paste secret key" }).click();
  await expect(page.getByRole("alert")).toContainText("did not accept this key.");

  await clerk.mend();
  await connect(page, program);
});

test("Ctrl+V anywhere pastes through Go", async ({ page, program }) => {
  await expect(page.getByRole("button", { name: "Paste secret key" })).toBeVisible();
  await program.copy("hello");
  await page.keyboard.press("Control+v");
  await expect(page.getByRole("alert")).toContainText("not a Clerk secret key");
});

test("a key can come from an .env file", async ({ page, program }) => {
  await program.chooseFile(`# keys\nSTRIPE_KEY=sk_live_notThisOne0000000000000\nCLERK_SECRET_KEY="${key}"\n`);
  await page.getByRole("button", { name: /\.env/ }).click();
  await page.getByRole("button", { name: /until I quit/ }).click();
  await expect(page.getByRole("heading", { name: "Which user are you?" })).toBeVisible();
});

test("Clerk out of reach is said, and trying again works", async ({ page, program, clerk }) => {
  await clerk.breakAnswers({ kind: "reset-before", path: "/v1/instance" });
  await program.copy(key);
  await page.getByRole("button", { name: "Paste secret key" }).click();
  await expect(page.getByRole("alert")).toContainText("cannot be reached.");
  await clerk.mend();
  await connect(page, program);
});
