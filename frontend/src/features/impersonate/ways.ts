import { useQuery } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import type { Browser } from "@/backend/impersonations";
import { formatList } from "@/text/format";
import { t } from "@/text/i18n";
import { barriersQuery, browsersQuery, rulesQuery } from "@/workspace/queries";

/** One way to hand over a link: a browser, or to copy it. */
export interface Way extends Omit<Browser, "barrier"> {
  /** The sentences on its consequences, a line each. */
  effect: string;
}

/** The id of a link that is copied, beside those of the browsers. */
export const copyLink = "copied-link";

/** The rules that take ways away. Until they are known nothing is offered that they may forbid. */
function useForbidden() {
  const rules = useQuery(rulesQuery(useBackend())).data;
  return {
    unheld: (rules?.changes.allow ?? "never") === "never",
    copying: rules?.forbid_copying_links ?? true,
  };
}

function useBrowsers(): readonly Browser[] {
  return useQuery(browsersQuery(useBackend())).data ?? [];
}

/**
 * The browsers of this computer, those that cannot hold back changes last, and then the
 * link by itself: as far as the rules allow.
 */
export function useWays(): readonly Way[] {
  const browsers = useBrowsers();
  const forbidden = useForbidden();
  const held = browsers.filter(({ unheld }) => unheld === "").map(wayOf);
  if (forbidden.unheld) return held;
  const all = [...held, ...browsers.filter(({ unheld }) => unheld !== "").map(wayOf)];
  if (forbidden.copying) return all;
  return [
    ...all,
    {
      id: copyLink,
      name: t("impersonate.copyLink"),
      effect: t("impersonate.copyLinkEffect"),
      isolated: false,
      chosen: false,
      unheld: "copied",
    },
  ];
}

function wayOf(browser: Browser): Way {
  const effect = browser.isolated
    ? t("impersonate.ownWindow", { browser: browser.name })
    : t("impersonate.signsOut");
  const { id, isolated, chosen, unheld } = browser;
  return {
    id,
    name: nameOf(browser),
    effect: unheld === "" ? effect : `${effect}\n${t("impersonate.cantHold")}`,
    isolated,
    chosen,
    unheld,
  };
}

function nameOf({ name }: Browser): string {
  return name || t("impersonate.defaultBrowser");
}

/** Why some browsers of this computer are not among the ways, a sentence each. */
export function useUnoffered(): readonly string[] {
  const barriers = useQuery(barriersQuery(useBackend())).data ?? [];
  const browsers = useBrowsers();
  const forbidden = useForbidden();
  const named = (why: "kind" | "policy") => {
    const names = browsers.filter(({ unheld }) => unheld === why).map(nameOf);
    // The default browser comes last, and its name begins with a capital letter.
    const list = { browsers: formatList(names.toReversed()), count: names.length };
    return names.length > 0 ? [t(`impersonate.unoffered.${why}`, list)] : [];
  };
  return forbidden.unheld ? [...barriers, ...named("kind"), ...named("policy")] : barriers;
}

/** Returns a function that names a way in a sentence. */
export function useWayName(): (id: string) => string {
  const browsers = useBrowsers();
  return (id) => {
    if (id === copyLink) return t("impersonate.copyLinkName");
    const browser = browsers.find((one) => one.id === id);
    return browser ? nameOf(browser) : t("impersonate.browser");
  };
}
