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
  refused: [],
  allowed: [],
};

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
