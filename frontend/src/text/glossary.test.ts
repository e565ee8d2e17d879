import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { en } from "./en";
import { sentences } from "./sentence";

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

/** The sentences that Go still spells out: the strings in quotes. */
function spelled(file: string): [string, string][] {
  const source = readFileSync(`../internal/${file}`, "utf8");
  return source
    .split("\n")
    .filter((line) => !/^\s*\/\//.test(line))
    .flatMap((line) => [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)])
    .map(([, text = ""]): [string, string] => [file, text])
    .filter(([, text]) => /^[A-Z ].* /.test(text));
}

const goFiles = ["keychain/system_linux.go", "operator/callback.go"];

test("each thing has one word, in the window and in Go's sentences", () => {
  const all = [...textsOf(en), ...Object.entries(sentences), ...goFiles.flatMap(spelled)];
  expect(all.length).toBeGreaterThan(800);
  const wrong = all.flatMap(([where, text]) => {
    const plain = text.replaceAll(/\{\{[\w|]+\}\}|GNOME Keyring/g, "");
    return replaced
      .filter(([word]) => word.test(plain))
      .map(([word, better]) => `${where}: “${text}” says ${word.source}, not “${better}”`);
  });
  expect(wrong).toEqual([]);
});
