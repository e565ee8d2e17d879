import type { Calls } from "../calls";
import type { Impersonation, Watching } from "../impersonations";
import { failure } from "./failure";

/** A browser that nobody watches. */
export const unwatched: Watching = {
  watched: false,
  mode: "",
  changesUntil: "",
  signIn: "",
  signInCode: "",
  sent: 0,
  heldBackAll: 0,
  heldBack: [],
  heldBackMore: 0,
  refused: [],
  allowed: [],
};

/** A browser that Understudy holds, before anything happened in it. */
export const watched: Watching = { ...unwatched, watched: true, mode: "view_only" };

/**
 * Has the browsers of invented impersonations be held, and allows changes in one. Somebody
 * works in the one of Priya's app, which talks over a socket.
 */
export function watchThem(live: Impersonation[], now: number): void {
  const at = (seconds: number) => new Date(now + seconds * 1000).toISOString();
  const host = "app.meridian.example";
  const seen: Record<string, Partial<Watching>> = {
    rid_kenji: {},
    rid_priya: {
      signIn: "accepted",
      heldBackAll: 3,
      heldBack: [
        { place: { host, path: "/api/appointments/search" }, method: "POST", count: 2, last: at(-100) },
        { place: { host, path: "/api/patients/:id" }, method: "PATCH", count: 1, last: at(-22) },
      ],
      refused: ["meridian-live.convex.example"],
    },
    rid_tomas: { signIn: "accepted", mode: "allow_changes", changesUntil: at(372), sent: 2 },
    rid_ingrid: { signIn: "accepted" },
  };
  for (const item of live) {
    const watching = seen[item.id];
    if (watching) Object.assign(item, { browser: "chrome", watching: { ...watched, ...watching } });
    if (item.id === "rid_tomas")
      Object.assign(item, {
        reason: "Fix the VAT on one invoice",
        reference: "48177",
        state: "live",
        ended: "",
        endedAt: "",
        createdAt: at(-300),
        sessionEndsAt: at(1100),
      });
  }
}

/** The calls of a browser that is held, on impersonations in memory. */
export function watchingCalls(
  run: <T>(name: keyof Calls, args: unknown[], answer: () => T) => Promise<T>,
  impersonation: (id: string) => Impersonation,
  now: () => number,
): Pick<Calls, "allowChanges" | "viewOnlyAgain" | "allowPlace" | "disallowPlace"> {
  const change = (id: string, update: (watching: Watching) => Partial<Watching>) => {
    const item = impersonation(id);
    if (!item.watching.watched) throw failure("not_watched");
    item.watching = { ...item.watching, ...update(item.watching) };
    return { ...item };
  };
  const at = (minutes: number) => new Date(now() + minutes * 60_000).toISOString();
  return {
    allowChanges: (id, reason, minutes) =>
      run("allowChanges", [id, reason, minutes], () =>
        change(id, () => ({ mode: "allow_changes", changesUntil: minutes ? at(minutes) : "" })),
      ),
    viewOnlyAgain: (id) =>
      run("viewOnlyAgain", [id], () => change(id, () => ({ mode: "view_only", changesUntil: "" }))),
    allowPlace: (id, place, reason) =>
      run("allowPlace", [id, place, reason], () =>
        change(id, ({ allowed, refused }) => ({
          allowed: [...allowed, { place, reason, at: at(0) }],
          refused: place.path ? refused : refused.filter((host) => host !== place.host),
        })),
      ),
    disallowPlace: (id, place) =>
      run("disallowPlace", [id, place], () =>
        change(id, ({ allowed }) => ({
          allowed: allowed.filter((one) => one.place.host !== place.host || one.place.path !== place.path),
        })),
      ),
  };
}
