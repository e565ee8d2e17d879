import { type Impersonation, stateOf } from "@/backend/impersonations";
import { t } from "@/text/i18n";
import { nameOf } from "@/workspace/person";
import type { Started } from "./started";
import { copyLink } from "./ways";

/** How far an impersonation is, as its message tells it. */
type Phase =
  | "opening"
  | "waiting"
  | "copied"
  | "signedIn"
  | "denied"
  | "unfinished"
  | "notOpened"
  | "expired"
  | "unclear"
  | "stolen"
  | "refused"
  | "ended";

/** An impersonation that was started in this window, as it is now. */
export interface Seen extends Started {
  item: Impersonation;
  phase: Phase;
  name: string;
}

export function see(one: Started, items: readonly Impersonation[], now: number): Seen {
  const item = items.find(({ id }) => id === one.created.id) ?? one.created;
  const { user } = one;
  return { ...one, item, phase: phaseOf(one, item, now), name: nameOf(user) };
}

function phaseOf({ outcome, way }: Started, item: Impersonation, now: number): Phase {
  switch (stateOf(item)) {
    case "live":
      return "signedIn";
    case "unknown":
      return "unclear";
    case "ended":
      return endings[item.ended] ?? "ended";
    case "pending":
  }
  if (outcome === "trying") return "opening";
  if (outcome === "done") return way === copyLink ? "copied" : (signIns[item.watching.signIn] ?? "waiting");
  // No browser has the link, so that nobody can have used it by now.
  const over = outcome.code === "link_expired" || now >= Date.parse(item.linkExpiresAt);
  return over ? "expired" : "notOpened";
}

/** The end of the sign-in as its browser shows it, which comes before Clerk's word for it. */
const signIns: Record<string, Phase> = { accepted: "signedIn", refused: "denied", unfinished: "unfinished" };

const endings: Record<string, Phase> = { unused: "expired", stolen: "stolen", refused: "refused" };

/** Whether there is nothing to do about it. */
export function isSettled({ phase }: Seen): boolean {
  return phase === "signedIn" || phase === "ended";
}

/** Whether somebody has to say how it goes on, or to know why it does not. */
export function isDecision({ phase }: Seen): boolean {
  return ["notOpened", "denied", "unfinished", "expired", "unclear", "stolen", "refused"].includes(phase);
}

export function titleOf({ phase, name }: Seen, browser: string): string {
  return t(`impersonate.told.${phase}`, { name, browser });
}
