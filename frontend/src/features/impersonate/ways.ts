import { useQuery } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import type { Browser } from "@/backend/impersonations";
import { t } from "@/text/i18n";
import { browsersQuery, rulesQuery } from "@/workspace/queries";

/** One way to hand over a link: a browser, or to copy it. */
export type Way = Pick<Browser, "id" | "name" | "effect" | "isolated">;

/** The id of a link that is copied, beside those of the browsers. */
export const copyLink = "copied-link";

/** The browsers of this computer and then, unless the rules forbid it, the link by itself. */
export function useWays(): readonly Way[] {
  const backend = useBackend();
  const browsers = useQuery(browsersQuery(backend)).data ?? [];
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

/** Returns a function that names a way in a sentence. */
export function useWayName(): (id: string) => string {
  const browsers = useQuery(browsersQuery(useBackend())).data ?? [];
  return (id) =>
    id === copyLink
      ? t("impersonate.copyLinkName")
      : (browsers.find((browser) => browser.id === id)?.name ?? t("impersonate.browser"));
}
