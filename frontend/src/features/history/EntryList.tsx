import { useQuery } from "@tanstack/react-query";
import { BadgeCheck, CircleDashed, Unlink } from "lucide-react";
import { type CSSProperties, type KeyboardEvent, useEffect, useEffectEvent, useId, useMemo } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { HistoryEntry } from "@/backend/history";
import type { Impersonation } from "@/backend/impersonations";
import { formatClock, formatCount, formatWeekday } from "@/text/format";
import { t } from "@/text/i18n";
import { cx } from "@/ui/cx";
import { Icon } from "@/ui/Icon";
import { elementHeight, reveal, rowsIn, rowTop } from "@/ui/scroll";
import { useNow } from "@/ui/useNow";
import { useScroll } from "@/ui/useScroll";
import { liveQuery } from "@/workspace/queries";
import type { HeldHistory } from "@/workspace/useHistory";
import { useRowHeight } from "@/workspace/useRowHeight";
import { EntryResult } from "./EntryResult";
import { type Day, isAcceptance, linesOf } from "./entries";
import { UserName } from "./UserName";
import { useSteady } from "./useSteady";

const columns = ["time", "user", "operator", "reason", "result", "length"] as const;
const grid =
  "grid grid-cols-[2.5rem_minmax(0,1fr)_minmax(0,1.3fr)_7.5rem] @2xl/list:grid-cols-[2.5rem_minmax(0,1.1fr)_minmax(0,0.9fr)_minmax(0,1.6fr)_7.5rem_3rem] items-center gap-x-4 px-3.5";
const wideOnly = "hidden @2xl/list:block";

/** Rows drawn beyond the window, so that a scroll of one frame shows no gap. */
const drawnBeyond = 8;

/** Entries are fetched when so few lines are left to scroll over. */
const fetchedBeyond = 40;

/**
 * The entries under sticky days, drawn only in and around the window. One Tab
 * stop; arrows, PgUp, PgDn, Home and End choose.
 */
export function EntryList({
  history,
  entries,
  selected,
  broken,
  onSelect,
}: {
  history: HeldHistory;
  entries: readonly HistoryEntry[];
  selected: string | undefined;
  broken: HistoryEntry | undefined;
  onSelect: (id: string) => void;
}) {
  const id = useId();
  const today = useNow(60_000);
  const { hasNewer, hasOlder } = history;
  const { data: live } = useQuery(liveQuery(useBackend()));
  const lines = useMemo(
    () => linesOf(entries, today, { hasNewer, hasOlder }),
    [entries, today, hasNewer, hasOlder],
  );
  const { row, header } = useRowHeight();
  const scroll = useScroll(lines.length, row, header);
  const { ref, extent, place, resting, onScroll, moveTo } = scroll;
  useSteady(lines, scroll, hasNewer);

  const active = lines.findIndex(({ entry }) => entry !== undefined && entry.id === selected);
  const show = useEffectEvent(() => {
    // With the line above it, which the sticky day would cover.
    if (active >= 0) moveTo(reveal(extent, reveal(extent, place, active - 1), active));
  });
  const measured = extent.viewport > 0;
  useEffect(() => {
    if (measured && selected !== undefined) show();
  }, [measured, selected]);

  const onKeyDown = (event: KeyboardEvent) => {
    const at = entries.findIndex((entry) => entry.id === selected);
    const page = Math.max(1, Math.floor(extent.viewport / row) - 2);
    const target = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: entries.length - 1,
    }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    if (event.key === "Home" && hasNewer) {
      history.toNewest();
      return;
    }
    const entry = entries[Math.min(Math.max(target, 0), entries.length - 1)];
    if (entry) onSelect(entry.id);
  };

  const { first, end } = rowsIn(extent, place, drawnBeyond);
  useEffect(() => {
    if (end >= lines.length - fetchedBeyond) history.wantOlder();
    else if (first <= fetchedBeyond) history.wantNewer();
  });
  const drawn = lines.slice(first, end).map((line, at) => ({ line, index: first + at }));
  // The row that the keyboard is at is always there, or aria-activedescendant would lead nowhere.
  const [away] = active >= 0 && (active < first || active >= end) ? lines.slice(active, active + 1) : [];
  if (away) drawn.push({ line: away, index: active });
  const above = lines[Math.floor(place.offset / row)]?.day;

  return (
    <div
      ref={ref}
      role="grid"
      aria-label={t("history.list")}
      aria-rowcount={hasNewer || hasOlder ? -1 : lines.length + 1}
      tabIndex={0}
      aria-activedescendant={active < 0 ? undefined : `${id}-${selected}`}
      className="min-h-0 flex-1 overflow-y-auto [overflow-anchor:none] [scrollbar-gutter:stable] focus-visible:outline-offset-[-2px]"
      onKeyDown={onKeyDown}
      onScroll={onScroll}
    >
      <div role="rowgroup" className="sticky top-0 z-20 bg-surface">
        <div
          role="row"
          aria-rowindex={1}
          className={cx(grid, "h-7.5 border-b border-line text-11 font-medium text-ink-2")}
        >
          {columns.map((name, index) => (
            <span
              key={name}
              role="columnheader"
              className={cx(
                index > 0 &&
                  "relative before:absolute before:top-0.5 before:-left-2 before:h-3.5 before:w-px before:bg-line-2",
                (name === "operator" || name === "length") && wideOnly,
                name === "length" && "text-right",
              )}
            >
              {t(`history.${name}`)}
            </span>
          ))}
        </div>
        {above ? (
          <div aria-hidden className={cx(dayLook, "absolute inset-x-0 top-7.5 h-(--row-h)")}>
            <DayName day={above} />
          </div>
        ) : null}
      </div>
      <div role="rowgroup" className="relative" style={{ height: elementHeight(extent) }}>
        {drawn.map(({ line: { day, entry }, index }) => {
          const style = { top: rowTop(extent, place, index), height: row };
          return entry ? (
            <EntryRow
              key={entry.id}
              id={`${id}-${entry.id}`}
              index={index}
              style={style}
              entry={entry}
              selected={entry.id === selected}
              broken={entry.id === broken?.id}
              running={live?.items.find((item) => item.id === entry.id)}
              lookUp={resting}
              onSelect={() => onSelect(entry.id)}
            />
          ) : (
            <div
              key={day.time}
              role="row"
              aria-rowindex={index + 2}
              className={cx(dayLook, "absolute inset-x-0")}
              style={style}
            >
              <span role="rowheader">
                <DayName day={day} />
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

const dayLook = "flex items-center border-b border-line bg-sunken px-3.5 text-11 font-semibold text-ink-2";

function DayName({ day }: { day: Day }) {
  return (
    <>
      {day.ago === 0 ? t("today") : day.ago === 1 ? t("yesterday") : formatWeekday(day.time)}
      {day.count === undefined ? null : <span className="ml-2 font-normal">{formatCount(day.count)}</span>}
    </>
  );
}

function EntryRow({
  id,
  index,
  style,
  entry,
  selected,
  broken,
  running,
  lookUp,
  onSelect,
}: {
  id: string;
  index: number;
  style: CSSProperties;
  entry: HistoryEntry;
  selected: boolean;
  broken: boolean;
  running: Impersonation | undefined;
  /** Not while rows fly past. */
  lookUp: boolean;
  onSelect: () => void;
}) {
  const accepted = isAcceptance(entry);
  return (
    // The grid keeps the focus and the keys; the pointer chooses here.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      tabIndex={-1}
      aria-selected={selected}
      onClick={onSelect}
      className={cx(
        grid,
        "absolute inset-x-0 border-b",
        broken ? "border-danger" : "border-line",
        selected ? "bg-sel shadow-[inset_0.1875rem_0_var(--accent)]" : "hover:bg-hover",
      )}
      style={style}
    >
      <span role="gridcell" className={cx("tabular-nums", selected ? "font-semibold" : "text-ink-2")}>
        {formatClock(entry.time)}
      </span>
      <span role="rowheader" className="flex min-w-0 items-baseline font-medium">
        {accepted ? (
          t("history.itself")
        ) : (
          <UserName id={entry.userID} instanceID={entry.instanceID} lookUp={lookUp} />
        )}
      </span>
      <span role="gridcell" className={cx(wideOnly, "truncate text-ink-2")}>
        <Icon
          icon={entry.operatorVerified ? BadgeCheck : CircleDashed}
          className={cx("mr-1.5 inline size-3.5 align-[-0.125rem]", entry.operatorVerified && "text-ok")}
        />
        <span className="sr-only">
          {t(entry.operatorVerified ? "history.verified" : "history.unverified")}{" "}
        </span>
        <UserName id={entry.operatorID} instanceID={entry.instanceID} lookUp={lookUp} nameOnly />
      </span>
      <span role="gridcell" className="truncate">
        {broken ? (
          <span className="mr-2 inline-flex items-center gap-1 align-middle font-semibold text-danger">
            <Icon icon={Unlink} className="size-3.5" />
            {t("history.brokenHere")}
          </span>
        ) : null}
        {entry.reference ? <bdi className="mr-2 text-ink-2">{entry.reference}</bdi> : null}
        {entry.reason ? (
          <bdi>{entry.reason}</bdi>
        ) : (
          <span className="text-ink-3">{t(accepted ? "history.acceptedAs" : "history.noReason")}</span>
        )}
      </span>
      <span role="gridcell" className="truncate">
        <EntryResult entry={entry} running={running} />
      </span>
      <span role="gridcell" className={cx(wideOnly, "text-right text-ink-2 tabular-nums")}>
        {entry.length > 0
          ? t("minutes", { count: Math.max(1, Math.round(entry.length / 60)) })
          : t("history.nothing")}
      </span>
    </div>
  );
}
