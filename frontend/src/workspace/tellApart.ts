import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import { liveQuery, userQuery } from "./queries";

export interface Named {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** A name without anything that is not heard: case, accents, invisible characters, doubled spaces. */
function heard(name: string): string {
  return name
    .normalize("NFKD")
    .replaceAll(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, "")
    .replaceAll(/\s+/g, " ")
    .trim()
    .toLowerCase();
}

/**
 * Returns, by user id, the words that tell apart users whose names sound the same: the
 * address, or the id where the address does not. Users with a name of their own are left out.
 */
export function tellApart(users: readonly Named[]): ReadonlyMap<string, string> {
  const alike = new Map<string, Named[]>();
  for (const user of new Map(users.map((each) => [each.id, each])).values()) {
    const name = heard(user.name);
    alike.set(name, [...(alike.get(name) ?? []), user]);
  }
  const told = new Map<string, string>();
  for (const group of alike.values()) {
    if (group.length < 2) continue;
    for (const { id, name, email } of group) {
      const isOwn =
        email !== "" && email !== name && group.every((other) => other.id === id || other.email !== email);
      told.set(id, isOwn ? email : id);
    }
  }
  return told;
}

/** How a user is called on a button among those for everybody who is impersonated now. */
export function useSpokenName({ id, name, email }: Named): string {
  const backend = useBackend();
  const live = useQueryClient().getQueryData(liveQuery(backend).queryKey);
  const kept = new Map<string, Named>();
  for (const { userID } of live?.others ?? []) kept.set(userID, { id: userID, name: "", email: "" });
  for (const { userID, userName, userEmail } of live?.items ?? [])
    kept.set(userID, { id: userID, name: userName, email: userEmail });
  kept.delete(id);
  // Only rows that have been read already: the component that shows a user asks for them.
  const rows = useQueries({
    queries: [...kept.keys()].map((other) => ({ ...userQuery(backend, other), enabled: false })),
  });
  const others = [...kept.values()].map((other, index) => ({
    id: other.id,
    name: other.name || rows[index]?.data?.row.name || other.email,
    email: other.email || rows[index]?.data?.row.email || "",
  }));
  const told = tellApart([...others, { id, name, email }]).get(id);
  return told === undefined ? name : `${name}, ${told}`;
}
