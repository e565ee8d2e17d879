import { describe, expect, test } from "vitest";
import { type Action, actionOf, actions, type Chord, chordsOf, type KeyPress } from "./keys";

/** The characters of a keyboard by the place of their keys, without and with Shift. */
type Layout = Readonly<Record<string, readonly [plain: string, shifted: string]>>;

const places = ["KeyQ", "KeyW", "KeyE", "KeyR", "KeyT", "KeyY", "KeyU", "KeyI", "KeyO", "KeyP"];
places.push("KeyA", "KeyS", "KeyD", "KeyF", "KeyG", "KeyH", "KeyJ", "KeyK", "KeyL");
places.push("KeyZ", "KeyX", "KeyC", "KeyV", "KeyB", "KeyN", "KeyM");

/** Letters in the order of the places, and the ten digit keys from 1 to 0. */
function layout(letters: string, digits: string, shiftedDigits: string, others: Layout): Layout {
  const ofLetters = places.map((place, index) => {
    const letter = letters[index] ?? "";
    return [place, [letter, letter === "," ? "?" : letter.toUpperCase()]] as const;
  });
  const ofDigits = Array.from(
    digits,
    (digit, index) => [`Digit${(index + 1) % 10}`, [digit, shiftedDigits[index] ?? ""]] as const,
  );
  return { ...Object.fromEntries([...ofLetters, ...ofDigits]), ...others };
}

const qwerty = "qwertyuiopasdfghjklzxcvbnm";
const qwertz = "qwertzuiopasdfghjklyxcvbnm";

const layouts: Readonly<Record<string, Layout>> = {
  US: layout(qwerty, "1234567890", "!@#$%^&*()", {
    Minus: ["-", "_"],
    Equal: ["=", "+"],
    Comma: [",", "<"],
    Slash: ["/", "?"],
  }),
  DE: layout(qwertz, "1234567890", '!"§$%&/()=', {
    Minus: ["ß", "?"],
    Equal: ["Dead", "Dead"],
    BracketRight: ["+", "*"],
    Comma: [",", ";"],
    Slash: ["-", "_"],
  }),
  FR: layout("azertyuiopqsdfghjklmwxcvbn,".replace("m", ""), "&é\"'(-è_çà", "1234567890", {
    Minus: [")", "°"],
    Equal: ["=", "+"],
    Semicolon: ["m", "M"],
    Comma: [";", "."],
    Period: [":", "/"],
    Slash: ["!", "§"],
  }),
  CZ: layout(qwertz, "+ěščřžýáíé", "1234567890", {
    Minus: ["=", "%"],
    Equal: ["Dead", "Dead"],
    BracketLeft: ["ú", "/"],
    Comma: [",", "?"],
    Slash: ["-", "_"],
  }),
  RU: layout("йцукенгшщзфывапролдячсмить", "1234567890", '!"№;%:?*()', {
    Minus: ["-", "_"],
    Equal: ["=", "+"],
    Comma: ["б", "Б"],
    Slash: [".", ","],
    Backslash: ["\\", "/"],
  }),
  GR: layout(";ςερτυθιοπασδφγηξκλζχψωβνμ", "1234567890", "!@#$%^&*()", {
    Minus: ["-", "_"],
    Equal: ["=", "+"],
    Comma: [",", "<"],
    Slash: ["/", "?"],
  }),
  JP: layout(qwerty, "1234567890", "!\"#$%&'()", {
    Minus: ["-", "="],
    Semicolon: [";", "+"],
    Comma: [",", "<"],
    Slash: ["/", "?"],
  }),
  "JP kana": layout(
    "たていすかんなにらせちとしはきくまのりつさそひこみも",
    "ぬふあうえおやゆよわ",
    "ぬふぁぅぇぉゃゅょを",
    {
      Minus: ["ほ", "ほ"],
      Equal: ["へ", "へ"],
      Comma: ["ね", "、"],
      Slash: ["め", "・"],
    },
  ),
};

const atHome: Readonly<Record<string, string>> = { ",": "Comma", "/": "Slash", "-": "Minus", "=": "Equal" };

/** The place of a key on the US keyboard. */
function placeOf(key: string): string {
  if (/^[a-z]$/.test(key)) return `Key${key.toUpperCase()}`;
  return /^\d$/.test(key) ? `Digit${key}` : (atHome[key] ?? "");
}

/** How a chord is pressed on a keyboard: with the key that types its sign, else the one at its place. */
function pressOf(
  { key, mod = false, shift = false, digit = false }: Chord,
  on: Layout,
): KeyPress | undefined {
  const held = { ctrlKey: mod, altKey: digit, metaKey: false };
  if (key.length > 1) return { ...held, key, code: key, shiftKey: shift };
  const byPlace = on[placeOf(key)];
  if (/^\d$/.test(key) && byPlace) return { ...held, key: byPlace[0], code: placeOf(key), shiftKey: false };
  for (const [code, [plain, shifted]] of Object.entries(on)) {
    if (plain === key) return { ...held, key: shift ? shifted : plain, code, shiftKey: shift };
    if (shifted === key) return { ...held, key, code, shiftKey: true };
  }
  if (!byPlace || !mod) return undefined;
  return { ...held, key: byPlace[shift ? 1 : 0], code: placeOf(key), shiftKey: shift };
}

/** Returns the effect of a chord on this keyboard, also with Cmd on macOS. */
function meantBy(chord: Chord, on: Layout): Set<Action | undefined> {
  const press = pressOf(chord, on);
  if (press === undefined) throw new Error("there is no such key");
  const found = new Set([actionOf(press, false)]);
  return chord.mod ? found.add(actionOf({ ...press, ctrlKey: false, metaKey: true }, true)) : found;
}

/**
 * Signs that a keyboard has not, or only on a key that means a digit: the other
 * chord of the action is there.
 */
const missing: readonly string[] = ["CZ zoomIn +", "JP kana zoomIn +", "JP kana search /"];

describe.each(Object.entries(layouts))("on the keyboard %s", (name, on) => {
  test.each(
    actions.flatMap((action) =>
      chordsOf(action)
        .filter(({ key }) => !missing.includes(`${name} ${action} ${key}`))
        .map((chord): [string, Chord, Action] => [JSON.stringify(chord), chord, action]),
    ),
  )("%s is pressed", (_, chord, action) => {
    expect(meantBy(chord, on)).toEqual(new Set([action]));
  });

  test("every action has a key", () => {
    const dead = actions.filter((action) => {
      const all = chordsOf(action);
      return all.length > 0 && all.every(({ key }) => missing.includes(`${name} ${action} ${key}`));
    });
    expect(dead).toEqual([]);
  });

  test("a letter without Ctrl is typed, whatever it is", () => {
    const typed = Object.entries(on).flatMap(([code, [key]]) =>
      key === "/" ? [] : [{ key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }],
    );
    expect(typed.filter((press) => actionOf(press, false) !== undefined)).toEqual([]);
  });
});

test.each<[name: string, press: Partial<KeyPress>, action: Action | undefined]>([
  ["a minus on a French digit key still zooms out", { key: "-", code: "Digit6" }, "zoomOut"],
  ["a plus on a Czech digit key is that digit", { key: "+", code: "Digit1" }, "users"],
  ["a Czech plus on the keypad zooms in", { key: "+", code: "NumpadAdd" }, "zoomIn"],
  [
    "Ctrl+Shift and a digit key of the US is nothing",
    { key: "#", code: "Digit3", shiftKey: true },
    undefined,
  ],
  ["a Latin letter at another place goes by the letter", { key: "a", code: "KeyQ" }, undefined],
  ["a Dvorak C goes by the letter", { key: "c", code: "KeyI" }, "copyEmail"],
  ["a Dvorak I at the place of C does not copy", { key: "j", code: "KeyC" }, undefined],
])("%s", (_, press, action) => {
  const held = { ctrlKey: true, metaKey: false, altKey: false, shiftKey: false };
  expect(actionOf({ key: "", code: "", ...held, ...press }, false)).toBe(action);
});
