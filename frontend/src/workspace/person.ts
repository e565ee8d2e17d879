// The name of a user, and the address or id that tells one from another.

import type { UserRow } from "@/backend/users";
import { t } from "@/text/i18n";

/** A character that can be seen: zero-width ones, fillers and the empty braille cell cannot. */
const visible = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u;

type Named = Pick<UserRow, "name" | "email" | "username" | "contact" | "id">;

/** Returns the name of a user, or the next best that there is to see. */
export function nameOf(user: Named): string {
  return nameIfAny(user) || user.id;
}

/** As nameOf, and "" where only the id is left. */
export function nameIfAny({ name, email, username, contact }: Omit<Named, "id">): string {
  return [name, email, username, contact].find((text) => visible.test(text)) ?? "";
}

/** The line below the name: an address, or the next best that is not the name again. */
export function lineOf(user: Named): string {
  const name = nameOf(user);
  const others = [user.email, user.contact, user.username];
  const line = others.find((text) => visible.test(text) && text !== name);
  return line ?? t(name === user.contact ? "noName" : "noEmail");
}
