// The reasons why a user cannot be impersonated, as far as a row tells.

import type { Rules } from "@/backend/settings";
import type { UserRow } from "@/backend/users";

const refusals = ["self", "banned", "locked", "deprovisioned"] as const;

/**
 * Why somebody cannot be impersonated, as far as the row tells. Without a rule that
 * asks for a reason instead, nobody who is banned, locked or deprovisioned can be.
 */
export function refusalOf(
  row: Pick<UserRow, (typeof refusals)[number]>,
  rules: { protected: Pick<Rules["protected"], "blocked_effect"> } | undefined,
): (typeof refusals)[number] | undefined {
  const found = refusals.find((refusal) => row[refusal]);
  return found !== "self" && rules?.protected.blocked_effect === "ask" ? undefined : found;
}
