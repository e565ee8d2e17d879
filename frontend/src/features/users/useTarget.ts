import { type FocusEvent, type RefObject, useState } from "react";
import { useActionBus } from "@/actions/ActionProvider";
import type { UserRow } from "@/backend/users";
import { t } from "@/text/i18n";
import { useAwaited } from "@/ui/useAwaited";
import type { Search } from "./search/useSearch";
import { answerOf, type Standing, standingOf } from "./target";
import type { Users } from "./useUsers";

type Act = (user: UserRow) => void;

/** The user whom keys and menus mean. */
export interface Target {
  /** Where the picked user stands as far as it is drawn, undefined without one. */
  readonly standing: Standing | undefined;
  /** Whether a key means the first row of the search instead of the picked user. */
  readonly isFirst: boolean;
  /** The picked user, if a key means them. */
  readonly user: UserRow | undefined;
  /** The outcome of a key press where nothing else shows it. */
  readonly said: string;
  readonly say: (text: string) => void;
  /** Acts on the user that a key means, once it is known who that is. */
  readonly act: (act: Act) => void;
  /** Acts on a user, unless no row shows them any more. */
  readonly actOn: (user: UserRow, act: Act) => void;
  /** Goes to the first row of the search as it is typed, or of the one given. */
  readonly goToFirst: (query?: string) => void;
  /** The operator does something else: nothing is waited for. */
  readonly drop: () => void;
  /** Hears where the keyboard is within the screen. */
  readonly onFocus: (event: FocusEvent) => void;
}

/**
 * While the search box has the keyboard, a key means the first row of the search
 * as it is typed, and waits for it; else it means the user who is picked. Nobody
 * is acted on who is in none of the rows shown.
 */
export function useTarget({
  users: { loader, listing },
  search,
  picked,
  pick,
  inputRef,
  gridRef,
}: {
  users: Users;
  search: Search;
  picked: UserRow | undefined;
  /** Picks the user in the first row. */
  pick: Act;
  inputRef: RefObject<HTMLInputElement | null>;
  gridRef: RefObject<HTMLElement | null>;
}): Target {
  const bus = useActionBus();
  const [inBox, setInBox] = useState(false);
  const [said, say] = useState("");
  const awaited = useAwaited(search.query, (query) => answerOf(loader.listing(), query));
  const standing = picked && standingOf(listing, search.query, picked.id);

  const drop = (): void => {
    awaited.drop();
    say("");
  };
  const first = (act: Act, query?: string): void => {
    drop();
    if (gridRef.current) gridRef.current.scrollTop = 0;
    const asked = query ?? search.submit();
    awaited.ask((found) => {
      if (found === undefined) {
        const isThere = loader.listing().pages.unreadable(0) !== undefined;
        return say(isThere ? t("users.unreadable") : t("users.noMatch", { query: asked }));
      }
      act(found);
    }, asked);
  };
  const actOn: Target["actOn"] = (user, act) => {
    if (standingOf(loader.listing(), search.query, user.id) === "shown") act(user);
    else say(t("users.panel.notShown"));
  };

  return {
    standing,
    isFirst: inBox,
    user: !inBox && standing === "shown" ? picked : undefined,
    said,
    say,
    act: (act) => {
      if (!inBox) return picked && actOn(picked, act);
      // Without a search nobody was looked for.
      if (search.query === "") return;
      first((found) => {
        pick(found);
        act(found);
      });
    },
    actOn,
    goToFirst: (query) =>
      first((found) => {
        // First: a grid that gets the focus picks the row at its top by itself.
        if (!bus.isBlocked()) gridRef.current?.focus();
        pick(found);
      }, query),
    drop,
    onFocus: ({ target }) => {
      const isBox = target === inputRef.current;
      setInBox(isBox);
      if (!isBox) awaited.drop();
    },
  };
}

/** Returns the text to say where a key means nobody. */
export function whyNobody(isFirst: boolean, standing: Standing | undefined) {
  if (isFirst) return "users.panel.typeFirst";
  if (standing === "coming") return "users.panel.searching";
  return standing === "absent" ? "users.panel.notShown" : "users.panel.pickFirst";
}
