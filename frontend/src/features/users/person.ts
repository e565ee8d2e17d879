// Who a row is about, and what names somebody exactly.

import type { UserRow } from "@/backend/backend";

/** What to call somebody: the name, or the next best that there is. */
export function nameOf({
  name,
  email,
  username,
  id,
}: Pick<UserRow, "name" | "email" | "username" | "id">): string {
  return [name, email, username].find((text) => text.trim() !== "") ?? id;
}

/** Why somebody cannot be impersonated, as far as the row tells. Clerk lets no banned or locked user in. */
export function refusalOf({ self, banned, locked }: UserRow): "self" | "banned" | "locked" | undefined {
  if (self) return "self";
  if (banned) return "banned";
  return locked ? "locked" : undefined;
}

/** Whether a search is so exact that there is nothing more to type: an id or a whole address. */
export function isExact(text: string): boolean {
  return /^(user_[A-Za-z0-9]{20,}|[^\s@]+@[^\s@]+\.[^\s@.]+)$/.test(text.trim());
}
