/**
 * The texts of the window by key, "users.refresh". There is one language, and it
 * asks for two things: words to fill in, {{name}}, and a count that tells a key
 * with `_one` from the one with `_other`. A library for that is a ninth of what
 * the engine reads before the first frame, and does not know from a text which
 * words it takes.
 */
import { en } from "./en";
import { isolate } from "./isolate";

interface Texts {
  readonly [name: string]: string | Texts;
}

/** All texts with their whole key, `_one` and `_other` apart. */
type Flat<Part, Before extends string = ""> = {
  [Name in keyof Part & string]: Part[Name] extends string
    ? { key: `${Before}${Name}`; text: Part[Name] }
    : Flat<Part[Name], `${Before}${Name}.`>;
}[keyof Part & string];
type Text = Flat<typeof en>;

type Form = "_one" | "_other";
type Plural = Text["key"] extends infer Key ? (Key extends `${infer Stem}${Form}` ? Stem : never) : never;

/** The key that stands for a text in the code. */
export type TextKey = Exclude<Text["key"], `${string}${Form}`> | Plural;

/** The text by its whole key: to look through all of them for each is more than the compiler does. */
type Texted = { [One in Text as One["key"]]: One["text"] };
type TextOf<Key extends TextKey> = Key extends keyof Texted
  ? Texted[Key]
  : `${Key}${Form}` extends infer Forms
    ? Forms extends keyof Texted
      ? Texted[Forms]
      : never
    : never;
type Words<Of extends string> = Of extends `${string}{{${infer Word}}}${infer Rest}`
  ? Word | Words<Rest>
  : never;
type Needed<Key extends TextKey> = Words<TextOf<Key>> | (Key extends Plural ? "count" : never);
/** Several names are told with commas between them. */
type Filling = string | number | readonly string[];
type Given = Readonly<Record<string, Filling>>;
type Values<Key extends TextKey> = [Needed<Key>] extends [never] ? [] : [Pick<Given, Needed<Key>>];

/** A key whose text takes nothing. */
export type PlainKey = { [Key in TextKey]: Values<Key> extends [] ? Key : never }[TextKey];

const texts: Texts = en;

/** The text of a key, with the words that it takes. */
export function t<Key extends TextKey>(key: Key, ...[values]: Values<Key>): string {
  const given: Given = values ?? {};
  const text = find(key) ?? find(`${key}_${given["count"] === 1 ? "one" : "other"}`) ?? key;
  return values === undefined
    ? text
    : text.replaceAll(/\{\{(\w+)\}\}/g, (_, word: string) => written(given[word]));
}

/** A word as it stands in a sentence, which nothing in it turns round. */
function written(filling: Filling | undefined): string {
  return typeof filling === "object" ? filling.map(isolate).join(", ") : isolate(String(filling));
}

function find(key: string): string | undefined {
  let found: string | Texts | undefined = texts;
  for (const name of key.split(".")) found = typeof found === "object" ? found[name] : undefined;
  return typeof found === "string" ? found : undefined;
}
