import { type PlainKey, t } from "@/text/i18n";
import { type Chord, isMac } from "./keys";

/** Keys whose sign is not read aloud, or not by its name. */
const names: Readonly<Record<string, PlainKey>> = {
  ",": "keys.comma",
  "/": "keys.slash",
  "+": "keys.plus",
  "=": "keys.equals",
  "-": "keys.minus",
  " ": "keys.space",
  Escape: "keys.escape",
  Enter: "keys.enter",
  ArrowUp: "keys.up",
  ArrowDown: "keys.down",
  ArrowLeft: "keys.left",
  ArrowRight: "keys.right",
  PageUp: "keys.pageUp",
  PageDown: "keys.pageDown",
  ContextMenu: "keys.contextMenu",
};

/** A chord as it is read aloud: "Ctrl comma", where {@link written} shows "Ctrl ,". */
export function inWords({ key, mod, shift, digit }: Chord, mac: boolean = isMac): string {
  const name = names[key];
  return [
    digit && t(mac ? "keys.macControl" : "keys.alt"),
    mod && t(mac ? "keys.mac" : "keys.ctrl"),
    shift && t("keys.shift"),
    name ? t(name) : key.length === 1 ? key.toUpperCase() : key,
  ]
    .filter(Boolean)
    .join(" ");
}
