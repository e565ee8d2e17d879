import { isSentence, type Sentence, say, sentence, sentences } from "@/text/sentence";
import type { bridge } from "../../wailsjs/go/models";

/** The codes of Go's error catalogue, pinned by `internal/fault/testdata/codes.golden`. */
export const codes = [
  "actor_token_not_pending",
  "api_address",
  "api_address_managed",
  "app_outdated",
  "audit_in_use",
  "audit_unreadable",
  "audit_unwritable",
  "browser_failed",
  "browser_missing",
  "browser_unheld",
  "canceled",
  "changes_forbidden",
  "changes_reason_missing",
  "clerk_answer",
  "clerk_answer_too_big",
  "clerk_broken",
  "clerk_busy",
  "clerk_certificate",
  "clerk_forbidden",
  "clerk_not_found",
  "clerk_redirect",
  "clerk_refused",
  "clerk_resource_locked",
  "clerk_timeout",
  "clerk_unreachable",
  "clipboard_failed",
  "copying_forbidden",
  "end_incomplete",
  "export_failed",
  "handoff_failed",
  "history_broken",
  "id_invalid",
  "impersonation_limit",
  "impersonation_unclear",
  "impersonation_unknown",
  "instance_elsewhere",
  "instance_host_changed",
  "instance_unknown",
  "internal",
  "key_environment",
  "key_file",
  "key_lookalike",
  "key_missing",
  "key_not_stored",
  "key_of_another_instance",
  "key_publishable",
  "key_refused",
  "key_several",
  "key_too_long",
  "key_truncated",
  "key_unrecognized",
  "key_webhook",
  "keychain_absent",
  "keychain_broken",
  "keychain_declined",
  "keychain_locked",
  "keychain_no_key",
  "keychain_no_keyring",
  "keychain_timed_out",
  "length_invalid",
  "link_expired",
  "link_used",
  "locked",
  "not_connected",
  "not_watched",
  "open_at_invalid",
  "operator_address",
  "operator_gone",
  "operator_missing",
  "operator_name",
  "organizations_off",
  "override_missing",
  "permission_missing",
  "permission_unknown",
  "place_invalid",
  "plan_lacks_impersonation",
  "policy_unusable",
  "reason_missing",
  "reason_pattern",
  "reason_too_long",
  "reference_invalid",
  "reference_missing",
  "report_damaged",
  "report_none",
  "save_failed",
  "search_invalid",
  "session_too_long",
  "setting_invalid",
  "setting_managed",
  "settings_in_use",
  "settings_unreadable",
  "settings_unwritable",
  "sign_in_application",
  "sign_in_clock",
  "sign_in_declined",
  "sign_in_not_set_up",
  "sign_in_ports",
  "sign_in_refused",
  "sign_in_required",
  "sign_in_timed_out",
  "sign_in_unavailable",
  "ticket_refused",
  "user_banned",
  "user_deprovisioned",
  "user_gone",
  "user_locked",
  "user_protected",
  "yourself",
] as const;

export type Code = (typeof codes)[number];

/** A failure as the operator sees it, with its sentences written out. */
export interface Problem extends Omit<bridge.Problem, "code" | "message" | "next"> {
  code: Code;
  message: string;
  /** The advice on it, "" for none. */
  next: string;
}

const passing: readonly Code[] = [
  "clerk_answer",
  "clerk_broken",
  "clerk_busy",
  "clerk_redirect",
  "clerk_timeout",
  "clerk_unreachable",
];

/** Whether it passes without anybody doing anything. */
export function passes({ code }: Problem): boolean {
  return passing.includes(code);
}

/** Whether it may be over as soon as anything else succeeds, so that asking again makes sense. */
export function mayBeOver(problem: Problem): boolean {
  return passes(problem) || isOfAll(problem);
}

const ofAll: readonly Code[] = [
  "clerk_answer",
  "clerk_certificate",
  "clerk_redirect",
  "clerk_unreachable",
  "key_refused",
];

/** Whether everything else fails for the same reason, so that it is over once anything succeeds. */
export function isOfAll({ code }: Problem): boolean {
  return ofAll.includes(code);
}

/** The error that every call of the backend rejects with. */
export class Failure extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.message}`);
    this.name = "Failure";
    this.problem = problem;
  }
}

/** A failure that the window itself knows of. The code tells all that is not given. */
export function problemOf({ code = "internal", ...known }: Partial<Problem>): Problem {
  return {
    code,
    message: say(ofCode(code)),
    next: sentences[`${code}.next`] ? say(ofCode(`${code}.next`)) : "",
    retry: false,
    traceID: "",
    retryAfterMS: 0,
    request: "",
    status: 0,
    call: "",
    ...known,
  };
}

/** The sentence of a code, as if Clerk itself had answered. */
function ofCode(key: string): Sentence {
  return sentence(key, { server: "Clerk", status: sentence("clerk_status") });
}

const unexplained = problemOf({ retry: true });

/**
 * Reads whatever a call was rejected with. Go sends the JSON of a Problem as the
 * error's message; anything else, a broken bridge included, becomes "internal".
 */
export function decodeProblem(rejection: unknown): Problem {
  if (rejection instanceof Failure) return rejection.problem;
  const text = rejection instanceof Error ? rejection.message : rejection;
  if (typeof text !== "string") return unexplained;
  try {
    return problemFrom(JSON.parse(text));
  } catch {
    return unexplained;
  }
}

/** Checks each field, so that a problem of another version is still readable. */
export function problemFrom(value: unknown): Problem {
  if (typeof value !== "object" || value === null) return unexplained;
  const fields: Partial<Record<string, unknown>> = { ...value };
  const text = (name: string) => (typeof fields[name] === "string" ? fields[name] : "");
  const code = codes.find((known) => known === fields["code"]) ?? "internal";
  const count = (name: string) => {
    const field = fields[name];
    return typeof field === "number" && Number.isFinite(field) && field > 0 ? field : 0;
  };
  const { message, next } = problemOf({ code });
  return {
    code,
    message: isSentence(fields["message"]) ? say(fields["message"]) : message,
    next: isSentence(fields["next"]) ? say(fields["next"]) : next,
    retry: fields["retry"] === true,
    traceID: text("traceID"),
    retryAfterMS: count("retryAfterMS"),
    request: text("request"),
    status: count("status"),
    call: text("call"),
  };
}
