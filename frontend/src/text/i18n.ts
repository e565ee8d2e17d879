import i18next, { type ParseKeys, type TOptions } from "i18next";
import { en } from "./en";

const language = "en";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: typeof language;
    resources: { en: typeof en };
  }
}

// Part of the program, so nothing is waited for.
// oxlint-disable-next-line import/no-named-as-default-member -- createInstance is not a plain function
const texts = i18next.createInstance({
  lng: language,
  defaultNS: language,
  resources: { [language]: { [language]: en } },
  initAsync: false,
  interpolation: { escapeValue: false }, // React escapes
});
void texts.init();

/**
 * The text of a key. There is one language, so no component has to hear of
 * another; and a text with nothing to fill in is taken as it is, since the first
 * frame has some hundred of them.
 */
export function t(key: ParseKeys, values?: TOptions): string {
  if (values === undefined) return String(texts.getResource(language, language, key));
  return texts.t(key, values);
}
