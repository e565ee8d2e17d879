/** The queries of the window around the screens. */
import { queryOptions, skipToken } from "@tanstack/react-query";
import type { Backend } from "@/backend/backend";
import { firstFound } from "@/backend/users";
import { settingsQuery } from "@/workspace/queries";

/** The facts that the window begins with. The settings among them answer their own query at once. */
export function startQuery(backend: Backend) {
  return queryOptions({
    queryKey: ["start"],
    queryFn: async ({ client }) => {
      const start = await backend.start();
      client.setQueryData(settingsQuery(backend).queryKey, start.settings);
      return start;
    },
  });
}

/** The instance that is locked, with its running impersonations. */
export function lockedQuery(backend: Backend) {
  return queryOptions({ queryKey: ["locked"], queryFn: () => backend.locked() });
}

/** Whether the instance in use is still where it was connected: asked once. */
export function addressQuery(backend: Backend) {
  return queryOptions({ queryKey: ["address"], queryFn: ({ signal }) => backend.checkAddress(signal) });
}

/** The operator with their name: after a start only the id is known at first. */
export function operatorQuery(backend: Backend) {
  return queryOptions({ queryKey: ["operator"], queryFn: () => backend.operator() });
}

/** The first users that a text in the palette finds. */
export function paletteUsersQuery(backend: Backend, text: string) {
  return queryOptions({
    queryKey: ["palette users", text],
    queryFn: ({ signal }) => backend.listUsers(firstFound(text), signal),
  });
}

/** The zoom of this window that could not be kept, in percent. Nobody fetches it. */
export const zoomHereQuery = queryOptions<number | null>({ queryKey: ["zoomHere"], queryFn: skipToken });
