import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "./en";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "en";
    resources: { en: typeof en };
  }
}

/** Makes the texts ready. They are part of the program, so nothing is waited for. */
export function startTexts(): void {
  // oxlint-disable-next-line import/no-named-as-default-member -- the instance that hooks use
  void i18next.use(initReactI18next).init({
    lng: "en",
    defaultNS: "en",
    resources: { en: { en } },
    initAsync: false,
    interpolation: { escapeValue: false }, // React escapes
  });
}
