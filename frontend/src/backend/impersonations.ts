/** The wire types of impersonations: findings, browsers, and those that are live. */
import type { bridge } from "../../wailsjs/go/models";

export type Impersonation = bridge.Impersonation;
export type OtherImpersonation = bridge.OtherImpersonation;
export type Live = bridge.Live;
export type Finding = bridge.Finding;
export type Browser = bridge.Browser;
export type Watching = bridge.Watching;
export type Place = bridge.Place;
export type ActorTokenRequest = Omit<bridge.ActorTokenRequest, "requestID">;

/** The states of Go, pinned by `internal/bridge/testdata/words.golden` as all lists of words here. */
export const states = ["pending", "live", "ended", "unknown"] as const;
export type ImpersonationState = (typeof states)[number];

/** A state that this version does not know is said to be unknown. */
export function stateOf(item: { state: string }): ImpersonationState {
  return states.find((known) => known === item.state) ?? "unknown";
}

/** Whether somebody is, or can still get, signed in through it. */
export function isActive(item: { state: string }): boolean {
  return stateOf(item) !== "ended";
}

/** How an impersonation ended. */
export const endings = [
  "operator",
  "time",
  "idle",
  "elsewhere",
  "unused",
  "window",
  "stolen",
  "refused",
] as const;
export type Ending = (typeof endings)[number];

/** An ending by its word, undefined for anything else. */
export function endingOf(word: string): Ending | undefined {
  return endings.find((known) => known === word);
}

/** Whether changes may be sent in a browser that Understudy holds. */
export const modes = ["view_only", "allow_changes"] as const;
export type Mode = (typeof modes)[number];

/** Undefined for a browser that nobody watches. A mode that this version does not know holds nothing back. */
export function modeOf({ watching }: Pick<Impersonation, "watching">): Mode | undefined {
  if (!watching.watched) return undefined;
  return modes.find((known) => known === watching.mode) ?? "allow_changes";
}

/** Where the sign-in in such a browser ended. */
export const signIns = ["accepted", "refused", "unfinished"] as const;

/** The buttons of the mark in an app's page. Go itself does what `end` and `view` say. */
export const askKinds = ["changes", "path", "connection", "show", "end", "view"] as const;

/** Asks for something that needs a reason, for one impersonation. */
export interface Ask {
  id: string;
  kind: "changes" | "path" | "connection";
  /** A host alone for a connection, empty for changes. */
  place: Place;
}

export const effects = ["refuse", "ask", "unchecked", "warn"] as const;
export type Effect = (typeof effects)[number];

/** An effect that this version does not know refuses. */
export function effectOf(finding: Finding): Effect {
  return effects.find((known) => known === finding.effect) ?? "refuse";
}
