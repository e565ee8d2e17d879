import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import type { Impersonation } from "@/backend/impersonations";
import type { UserRow } from "@/backend/users";
import { formatCount } from "@/text/format";
import { t } from "@/text/i18n";
import { elementHeight, reveal, rowsIn, rowTop } from "@/ui/scroll";
import { useLasting } from "@/ui/useLasting";
import { useNow } from "@/ui/useNow";
import { useScroll } from "@/ui/useScroll";
import { useShown } from "@/ui/useShown";
import { nameOf } from "@/workspace/person";
import { tellApart } from "@/workspace/tellApart";
import { moved, resized, tracksOf } from "./columns";
import { commandOf } from "./keys";
import type { Listing, Loader } from "./loader";
import { headerID, TableHeader } from "./TableHeader";
import { UserLine } from "./UserLine";
import { useAnchor } from "./useAnchor";
import type { Columns } from "./useColumns";
import { useTyped } from "./useTyped";
import { unzoomed } from "./zoom";

/** Rows drawn beyond the window, so that a scroll of one frame shows no gap. */
const drawnBeyond = 8;

/** Rows asked for beyond the window. */
const askedBeyond = 50;

/** The time after which rows of before are dimmed, in milliseconds: most answers are there by then. */
const dimmedAfter = 100;

const minute = 60_000;

/** How much wider a key makes a column, in pixels at a zoom of 100 %. */
const resizeStep = 16;

/** The row that the keyboard is at. */
export interface Active {
  readonly index: number;
  /** Undefined while the row loads. */
  readonly user: UserRow | undefined;
}

interface UsersTableProps {
  loader: Loader;
  /** In pixels. */
  rowHeight: number;
  headerHeight: number;
  columns: Columns;
  /** Whether the pictures of users are shown. */
  pictures: boolean;
  active: Active | undefined;
  onActive: (active: Active) => void;
  onOpen: () => void;
  onPreview: () => void;
  /** Asks for the menu of a row, beside a point of the window. */
  onMenu: (at: { x: number; y: number; user: UserRow }) => void;
  onHover: (user: UserRow | undefined) => void;
  onSort: (sort: string) => void;
  /** When the impersonations end, by user id. */
  impersonated: ReadonlyMap<string, Impersonation>;
  gridRef: RefObject<HTMLDivElement | null>;
}

/** Where the active row is now: its user may have moved, or have left the list. */
function locate(active: Active | undefined, { pages }: Listing): number | undefined {
  if (active === undefined) return undefined;
  // A row that was not loaded is no row of a shorter list.
  if (active.user === undefined) return active.index < pages.extent ? active.index : undefined;
  const index = pages.indexOf(active.user.id);
  // While its page is not held, the last known place is the best guess.
  const guess =
    active.index < pages.extent && pages.row(active.index) === undefined ? active.index : undefined;
  return index ?? guess;
}

/** The users as an ARIA grid: one Tab stop, rows drawn only in and around the window. */
export function UsersTable({
  loader,
  rowHeight,
  headerHeight,
  columns,
  pictures,
  active,
  impersonated,
  gridRef,
  ...props
}: UsersTableProps) {
  const id = useId();
  const listing = useSyncExternalStore(loader.subscribe, loader.listing);
  const { pages, stale, view, loading } = listing;
  const { all, shown } = columns;
  const ended = pages.total !== undefined;
  const dimmed = useLasting(stale, dimmedAfter);
  const scroll = useScroll(pages.extent + (ended ? 1 : 0), rowHeight, headerHeight);
  const { extent, place, resting } = scroll;
  const now = useNow(minute);
  // The header is a row as well: above the first one, its columns can be active.
  const [column, setColumn] = useState(-1);
  const typed = useTyped();
  useAnchor(listing, scroll);

  const { ref: scrollRef } = scroll;
  const attach = useCallback(
    (element: HTMLDivElement | null) => {
      gridRef.current = element;
      return scrollRef(element);
    },
    [gridRef, scrollRef],
  );

  const asked = useRef(0);
  const { first, end } = rowsIn(extent, place, askedBeyond);
  useEffect(() => {
    const near = Math.abs(first - asked.current) < 2 * askedBeyond;
    if (stale || !(near || resting)) return;
    asked.current = first;
    loader.want(first, end);
  }, [loader, first, end, stale, resting]);

  const index = locate(active, listing);
  const { onActive } = props;
  const arrived = index !== undefined && active?.user === undefined ? pages.row(index) : undefined;
  useEffect(() => {
    if (arrived !== undefined && index !== undefined) onActive({ index, user: arrived });
  }, [arrived, index, onActive]);

  const activate = (target: number): void => {
    setColumn(-1);
    props.onActive({ index: target, user: pages.row(target) });
    scroll.moveTo(reveal(extent, place, target));
  };

  // A narrow window has no room for some of them.
  const isDrawn = (of: number): boolean => {
    const header = document.getElementById(headerID(id, of));
    return header !== null && getComputedStyle(header).display !== "none";
  };
  /** The next column on from one that is drawn, the same one at the end. */
  const nextDrawn = (from: number, by: 1 | -1): number => {
    for (let of = from + by; shown[of] !== undefined; of += by) if (isDrawn(of)) return of;
    return from;
  };

  const move = (rows: number): void => {
    const last = pages.extent - 1;
    if (last < 0) return;
    if (rows === -1 && index === 0 && column < 0) {
      const sorted = shown.findIndex(({ sort }) => sort === view.sort);
      return setColumn(isDrawn(sorted) ? sorted : nextDrawn(-1, 1));
    }
    if (column >= 0) activate(0);
    else activate(index === undefined ? (rows > last ? last : 0) : Math.min(Math.max(0, index + rows), last));
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const command = commandOf(event, typed.isGoingOn());
    if (command === undefined) return;
    event.preventDefault();
    switch (command.do) {
      case "move":
        return move(command.rows);
      case "page":
        return move(command.pages * Math.max(1, Math.floor(extent.viewport / rowHeight) - 1));
      case "column":
        return column >= 0 ? setColumn(nextDrawn(column, command.columns)) : undefined;
      case "resize": {
        const header = document.getElementById(headerID(id, column));
        const named = shown[column]?.name;
        if (header === null || named === undefined) return;
        return columns.change(
          resized(all, named, unzoomed(header.getBoundingClientRect().width) + command.by * resizeStep),
        );
      }
      case "reorder": {
        const named = shown[column]?.name;
        if (named === undefined) return;
        columns.change(moved(all, named, command.by));
        return setColumn(Math.min(Math.max(0, column + command.by), shown.length - 1));
      }
      case "open":
      case "preview": {
        const sort = shown[column]?.sort;
        if (sort !== undefined) return sort === "" ? undefined : props.onSort(sort);
        return command.do === "open" ? props.onOpen() : props.onPreview();
      }
      case "menu": {
        const row = document.getElementById(`${id}-${index}`)?.getBoundingClientRect();
        const user = active?.user;
        return row && user && props.onMenu({ x: row.left + 40, y: row.bottom, user });
      }
      case "type": {
        const found = typed.add(command.letter, pages, index ?? -1);
        return found === undefined ? undefined : activate(found.index);
      }
      default:
        return command satisfies never;
    }
  };

  /** The row under a mouse event, if its user is there. */
  const rowAt = (event: MouseEvent): Active | undefined => {
    const line = event.target instanceof Element ? event.target.closest("[data-index]") : null;
    if (line === null) return undefined;
    const under = Number(line.getAttribute("data-index"));
    return { index: under, user: pages.row(under) };
  };

  const pick = (event: MouseEvent): boolean => {
    const under = rowAt(event);
    if (under === undefined) return false;
    setColumn(-1);
    props.onActive(under);
    return true;
  };

  // The keyboard comes along with a press beside the rows, and picks nobody by that.
  const beside = useRef(false);
  const onMouseDown = (event: MouseEvent<HTMLElement>): void => {
    if (pick(event)) return;
    event.preventDefault();
    beside.current = true;
    event.currentTarget.focus();
    beside.current = false;
  };

  const drawn = rowsIn(extent, place, drawnBeyond);
  const lines = Array.from(
    { length: Math.min(drawn.end, pages.extent) - drawn.first },
    (_, i) => drawn.first + i,
  );
  // A row that leaves at one end becomes the one that comes at the other: new
  // elements for each of them cost memory that the engine is slow to give back.
  const slots = Math.ceil(extent.viewport / rowHeight) + 2 * drawnBeyond + 1;
  // Rows out of sight are drawn anew a frame after those in sight.
  const sight = rowsIn(extent, place);
  const before = useShown(pages);
  const userAt = (line: number): UserRow | undefined =>
    (line < sight.first || line >= sight.end ? before : pages).row(line) ??
    (line === index ? active?.user : undefined);
  const isOutside = index !== undefined && !lines.includes(index);
  if (isOutside) lines.push(index);

  const told = tellApart(
    lines.flatMap((line) => {
      const user = userAt(line);
      return user === undefined ? [] : { id: user.id, name: nameOf(user), email: user.contact };
    }),
  );

  return (
    <div
      ref={attach}
      role="grid"
      aria-label={t("users.grid")}
      aria-rowcount={ended ? pages.extent + 1 : -1}
      aria-colcount={shown.length}
      aria-busy={loading}
      aria-activedescendant={
        column >= 0 ? headerID(id, column) : index === undefined ? undefined : `${id}-${index}`
      }
      tabIndex={0}
      style={tracksOf(shown)}
      onScroll={scroll.onScroll}
      onKeyDown={onKeyDown}
      onMouseDown={onMouseDown}
      onDoubleClick={(event) => {
        if (rowAt(event) !== undefined) props.onOpen();
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        const user = pick(event) ? rowAt(event)?.user : undefined;
        if (user !== undefined) props.onMenu({ x: event.clientX, y: event.clientY, user });
      }}
      onMouseOver={(event) => props.onHover(rowAt(event)?.user)}
      onMouseLeave={() => props.onHover(undefined)}
      onFocus={(event) => {
        // The picked user stays picked, also if no row that is here shows them.
        const arrives = event.target === event.currentTarget && !beside.current;
        if (arrives && active === undefined && pages.extent > 0) activate(rowsIn(extent, place).first);
      }}
      // useScroll alone decides where the grid is scrolled to: an engine that keeps
      // rows in place itself would move those that have just been put there.
      className="group relative min-h-0 flex-1 contain-strict overflow-x-hidden overflow-y-scroll overscroll-none bg-surface outline-none [overflow-anchor:none]"
    >
      <TableHeader
        sort={view.sort}
        descending={view.descending}
        columns={columns}
        id={id}
        active={column}
        onSort={props.onSort}
      />
      {dimmed ? (
        // One veil over the rows of before, not a shade for each of them.
        <div aria-hidden className="pointer-events-none sticky top-7.5 z-1 h-0">
          <div
            style={{ height: extent.viewport }}
            className="bg-surface opacity-50 transition-opacity duration-160 starting:opacity-0"
          />
        </div>
      ) : null}
      <div role="rowgroup" style={{ height: elementHeight(extent) }} className="relative">
        {lines.map((line) => {
          const user = userAt(line);
          const hidden = isOutside && line === index;
          return (
            <UserLine
              key={hidden ? "outside" : line % slots}
              id={`${id}-${line}`}
              index={line}
              top={hidden ? place.top : rowTop(extent, place, line)}
              height={rowHeight}
              user={user}
              told={(user && told.get(user.id)) ?? ""}
              unreadable={pages.unreadable(line)}
              columns={shown}
              pictures={pictures}
              active={line === index}
              hidden={hidden}
              impersonation={user && impersonated.get(user.id)}
              now={now}
            />
          );
        })}
        {ended && drawn.end > pages.extent ? (
          <p
            aria-hidden
            style={{ top: rowTop(extent, place, pages.extent), height: rowHeight }}
            className="absolute inset-x-0 flex items-center justify-center text-12 text-ink-3"
          >
            {t("users.end", { count: pages.extent, shown: formatCount(pages.extent) })}
          </p>
        ) : null}
      </div>
    </div>
  );
}
