import { useQuery } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import type { Browser } from "@/backend/impersonations";
import { t } from "@/text/i18n";
import { browsersQuery, rulesQuery } from "@/workspace/queries";

/** One way to hand over a link: a browser, or to copy it. */
export interface Way extends Pick<Browser, "id" | "name" | "isolated"> {
  /** The sentence on its consequence. */
  effect: string;
}

/** The id of a link that is copied, beside those of the browsers. */
export const copyLink = "copied-link";

/** The browsers of this computer and then, unless the rules forbid it, the link by itself. */
export function useWays(): readonly Way[] {
  const backend = useBackend();
  const browsers = useQuery(browsersQuery(backend)).data?.map(wayOf) ?? [];
  // Until the rules are known nothing is offered that they may forbid.
  const forbidden = useQuery(rulesQuery(backend)).data?.forbid_copying_links ?? true;
  if (forbidden) return browsers;
  return [
    ...browsers,
    {
      id: copyLink,
      name: t("impersonate.copyLink"),
      effect: t("impersonate.copyLinkEffect"),
      isolated: false,
    },
  ];
}

function wayOf(browser: Browser): Way {
  const effect = browser.isolated
    ? t("impersonate.ownWindow", { browser: browser.name })
    : t("impersonate.signsOut");
  return { id: browser.id, name: nameOf(browser), effect, isolated: browser.isolated };
}

function nameOf({ name }: Browser): string {
  return name || t("impersonate.defaultBrowser");
}

/** Returns a function that names a way in a sentence. */
export function useWayName(): (id: string) => string {
  const browsers = useQuery(browsersQuery(useBackend())).data ?? [];
  return (id) => {
    if (id === copyLink) return t("impersonate.copyLinkName");
    const browser = browsers.find((one) => one.id === id);
    return browser ? nameOf(browser) : t("impersonate.browser");
  };
}
