/** Takes what is typed for the page of the app to open after the sign-in. */

/**
 * The domains that an app is below, from the addresses of its Frontend API. None where
 * they do not tell: a development instance is at an address of Clerk's.
 */
export function domainsOf(frontendAPI: string): string[] {
  const domains = frontendAPI.split(", ").flatMap((address) => {
    if (!URL.canParse(address)) return [];
    const { host, pathname } = new URL(address);
    if (pathname !== "/") return [host]; // a proxy of the app itself
    return host.startsWith("clerk.") ? [host.slice("clerk.".length)] : [];
  });
  return [...new Set(domains)];
}

/** The path of a text. A whole address of the app is cut to it. */
export function pathOf(
  typed: string,
  domains: readonly string[],
): { path: string } | { wrong: "start" | "host" } {
  const text = typed.trim();
  if (text === "" || (text.startsWith("/") && !text.startsWith("//"))) return { path: text };
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return { wrong: "start" };
  const { host, pathname, search, hash } = new URL(text);
  const isTheirs = domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
  return isTheirs || domains.length === 0 ? { path: `${pathname}${search}${hash}` } : { wrong: "host" };
}
