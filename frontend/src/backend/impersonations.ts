/** The impersonations: what speaks against one, what opens it, what is live. */
import type { bridge } from "../../wailsjs/go/models";

export type Impersonation = bridge.Impersonation;
export type OtherImpersonation = bridge.OtherImpersonation;
export type Live = bridge.Live;
export type Finding = bridge.Finding;
export type Browser = bridge.Browser;
export type ActorTokenRequest = Omit<bridge.ActorTokenRequest, "requestID">;

const states = ["requested", "pending", "opened", "live", "ended", "failed", "unknown"] as const;
export type ImpersonationState = (typeof states)[number];

/** A state that this version does not know is said to be unknown. */
export function stateOf(item: { state: string }): ImpersonationState {
  return states.find((known) => known === item.state) ?? "unknown";
}

/** Whether somebody is, or can still get, signed in through it. */
export function isActive(item: { state: string }): boolean {
  return ["requested", "pending", "opened", "live", "unknown"].includes(stateOf(item));
}

const effects = ["refuse", "ask", "unchecked", "warn"] as const;
export type Effect = (typeof effects)[number];

/** An effect that this version does not know refuses. */
export function effectOf(finding: Finding): Effect {
  return effects.find((known) => known === finding.effect) ?? "refuse";
}
