import { once } from "./once";

/**
 * The locale for dates and numbers. Under LANG=C a webview says "C", for which
 * Intl throws: the first language that Intl takes is settled on once.
 */
export function settleLocale(candidates: readonly string[]): string {
  const usable = candidates.find((candidate) => {
    try {
      return Intl.DateTimeFormat.supportedLocalesOf(candidate).length > 0;
    } catch {
      return false;
    }
  });
  return usable ?? "en-GB";
}

export const locale = once(() => settleLocale(navigator.languages));
