// Who a row is about.

import type { Rules, UserRow } from "@/backend/backend";

/** A character that can be seen: zero-width ones, fillers and the empty braille cell cannot. */
const visible = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u;

/** What to call somebody: the name, or the next best that there is to see. */
export function nameOf({
  name,
  email,
  username,
  id,
}: Pick<UserRow, "name" | "email" | "username" | "id">): string {
  return [name, email, username].find((text) => visible.test(text)) ?? id;
}

const refusals = ["self", "banned", "locked", "deprovisioned"] as const;

/**
 * Why somebody cannot be impersonated, as far as the row tells. Without a rule that
 * asks for a reason instead, nobody who is banned, locked or deprovisioned can be.
 */
export function refusalOf(
  row: Pick<UserRow, (typeof refusals)[number]>,
  rules: Pick<Rules, "protectedBlockedEffect"> | undefined,
): (typeof refusals)[number] | undefined {
  const found = refusals.find((refusal) => row[refusal]);
  return found !== "self" && rules?.protectedBlockedEffect === "ask" ? undefined : found;
}
