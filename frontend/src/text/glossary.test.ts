import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { en } from "./en";

/** Words that were replaced, and the one word that each gave its place to. */
const replaced: [RegExp, string][] = [
  [/\bkeyrings?\b/, "keychain"],
  [/colour/i, "color"],
  [/\borganisation/i, "organization"],
  [/\bids?\b/, "ID"],
  [/\brun out\b|\bruns out\b|\btime (is|was) up\b/i, "expired"],
  [/\brevoke[ds]?\b/i, "cancel, canceled"],
  [/\bcancelled\b|\bcancelling\b/i, "canceled"],
  [/\bwhoever looks after\b/i, "your administrator, your security team"],
  [/\basked of\b|\basked for\b/i, "requested"],
  [/\bretry\b/i, "try again"],
  [/\b(did|does) not work\b/i, "failed"],
  [/\bnot known whether\b/i, "may"],
  [/\bare in as\b|\bis in as\b|\bact as\b/i, "signed in as"],
  [/\b(go|goes) on\b/i, "continue, keep running"],
  [/\blets? go of\b/i, "clear"],
  [/\bfor this run\b|\bonce a run\b/i, "until you quit"],
  [/\bmend\b/i, "fix"],
  [/\bany more\b/i, "no longer"],
  [/\bthrow away\b/i, "discard"],
  [/\bthe record\b/i, "the history, record N"],
  [/\bstands? (below|in)\b/i, "find it"],
  [/\bif it stays\b/i, "if this continues"],
  [/\bwe\b/i, "Understudy"],
];

function textsOf(part: object, before = ""): [string, string][] {
  return Object.entries(part).flatMap(([name, text]: [string, unknown]) =>
    typeof text === "object" && text !== null
      ? textsOf(text, `${before}${name}.`)
      : [[`${before}${name}`, String(text)] as [string, string]],
  );
}

/** Go's sentences: the strings in quotes in the entries of its catalogue. */
function sentences(file: string): [string, string][] {
  const source = readFileSync(`../internal/${file}`, "utf8");
  return source
    .split("\n")
    .filter((line) => !/^\s*\/\//.test(line))
    .flatMap((line) => [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)])
    .map(([, text = ""]): [string, string] => [file, text])
    .filter(([, text]) => /^[A-Z ].* /.test(text));
}

const goFiles = [
  "fault/catalogue.go",
  "browser/chromiumpolicy.go",
  "browser/handoff.go",
  "browser/policy.go",
  "impersonation/create.go",
  "impersonation/end.go",
  "impersonation/frontend.go",
  "impersonation/live.go",
  "impersonation/open.go",
  "impersonation/policy.go",
  "impersonation/preflight.go",
  "impersonation/protection.go",
  "instances/clipboard.go",
  "instances/keys.go",
  "keychain/key.go",
  "keychain/system_linux.go",
  "operator/callback.go",
  "operator/permission.go",
  "operator/signin.go",
  "secret/parse.go",
  "workspace/permission.go",
  "workspace/signin.go",
];

test("each thing has one word, in the window and in Go's sentences", () => {
  const all = [...textsOf(en), ...goFiles.flatMap(sentences)];
  expect(all.length).toBeGreaterThan(800);
  const wrong = all.flatMap(([where, text]) => {
    const plain = text.replaceAll(/\{\{?\w+\}?\}|GNOME Keyring/g, "");
    return replaced
      .filter(([word]) => word.test(plain))
      .map(([word, better]) => `${where}: “${text}” says ${word.source}, not “${better}”`);
  });
  expect(wrong).toEqual([]);
});
