import { BadgeCheck, CircleDashed, CircleHelp, Hourglass, Unlink, VenetianMask } from "lucide-react";
import { type KeyboardEvent, useEffect, useId } from "react";
import { useTranslation } from "react-i18next";
import { type HistoryEntry, stateOf } from "@/backend/backend";
import { formatClock, formatCount, formatWeekday } from "@/text/format";
import { cx } from "@/ui/cx";
import { Icon } from "@/ui/Icon";
import { Tag } from "@/ui/Tag";
import { useNow } from "@/ui/useNow";
import { byDay, resultOf } from "./entries";
import { UserName, useInView } from "./UserName";

const columns = ["time", "user", "operator", "reason", "result", "length"] as const;
const grid =
  "grid grid-cols-[2.5rem_minmax(0,1fr)_minmax(0,1.3fr)_6.75rem] @2xl/list:grid-cols-[2.5rem_minmax(0,10rem)_4.5rem_minmax(0,1fr)_6.75rem_3rem] items-center gap-x-4 px-3.5";
const wideOnly = "hidden @2xl/list:block";

/** The entries under sticky days. One Tab stop; arrows, Home and End choose. */
export function EntryList({
  entries,
  selected,
  broken,
  onSelect,
}: {
  entries: HistoryEntry[];
  selected: string | undefined;
  broken: HistoryEntry | undefined;
  onSelect: (id: string) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const today = Math.floor(useNow() / 60_000) * 60_000;

  useEffect(() => {
    if (selected) document.getElementById(`${id}-${selected}`)?.scrollIntoView({ block: "nearest" });
  }, [id, selected]);

  const onKeyDown = (event: KeyboardEvent) => {
    const at = entries.findIndex((entry) => entry.id === selected);
    const target = {
      ArrowDown: entries[at + 1],
      ArrowUp: entries[Math.max(0, at - 1)],
      Home: entries[0],
      End: entries.at(-1),
    }[event.key];
    if (!target) return;
    event.preventDefault();
    onSelect(target.id);
  };

  return (
    <div
      role="grid"
      aria-label={t("history.list")}
      aria-rowcount={entries.length + 1}
      tabIndex={0}
      aria-activedescendant={selected === undefined ? undefined : `${id}-${selected}`}
      className="min-h-0 flex-1 scroll-pt-14.5 overflow-y-auto [scrollbar-gutter:stable] focus-visible:outline-offset-[-2px]"
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className="sticky top-0 z-20 bg-surface">
        <div role="row" className={cx(grid, "h-7.5 border-b border-line text-11 font-medium text-ink-2")}>
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
      </div>
      {byDay(entries, today).map((day) => (
        <div key={day.time} role="rowgroup">
          <div
            role="row"
            className="sticky top-7.5 z-10 flex h-7 items-center gap-2 border-b border-line bg-sunken px-3.5"
          >
            <span role="rowheader" className="text-11 font-semibold text-ink-2">
              {dayName(t, day)}
              <span className="ml-2 font-normal">{formatCount(day.entries.length)}</span>
            </span>
          </div>
          {day.entries.map((entry) => (
            <EntryRow
              key={entry.id}
              id={`${id}-${entry.id}`}
              entry={entry}
              selected={entry.id === selected}
              broken={entry.id === broken?.id}
              onSelect={() => onSelect(entry.id)}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

function dayName(t: ReturnType<typeof useTranslation>["t"], day: { time: string; ago: number }): string {
  if (day.ago === 0) return t("today");
  return day.ago === 1 ? t("yesterday") : formatWeekday(day.time);
}

function EntryRow({
  id,
  entry,
  selected,
  broken,
  onSelect,
}: {
  id: string;
  entry: HistoryEntry;
  selected: boolean;
  broken: boolean;
  onSelect: () => void;
}) {
  const { t } = useTranslation();
  const [ref, seen] = useInView();
  return (
    // The grid keeps the focus and the keys; the pointer chooses here.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      ref={ref}
      id={id}
      role="row"
      tabIndex={-1}
      aria-selected={selected}
      onClick={onSelect}
      className={cx(
        grid,
        "h-(--row-h) border-b border-line [contain-intrinsic-size:auto_var(--row-h)] [content-visibility:auto]",
        selected ? "bg-sel shadow-[inset_0.1875rem_0_var(--accent)]" : "hover:bg-hover",
        broken && "border-danger",
      )}
    >
      <span role="gridcell" className={cx("tabular-nums", selected ? "font-semibold" : "text-ink-2")}>
        {formatClock(entry.time)}
      </span>
      <span role="rowheader" className="flex min-w-0 font-medium">
        <UserName id={entry.userID} instanceID={entry.instanceID} lookUp={seen} />
      </span>
      <span role="gridcell" className={cx(wideOnly, "truncate text-ink-2")}>
        <Icon
          icon={entry.operatorVerified ? BadgeCheck : CircleDashed}
          className={cx("mr-1.5 inline size-3.5 align-[-0.125rem]", entry.operatorVerified && "text-ok")}
        />
        <span className="sr-only">
          {t(entry.operatorVerified ? "history.verified" : "history.unverified")}{" "}
        </span>
        <UserName id={entry.operatorID} instanceID={entry.instanceID} lookUp={seen} short />
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
          <span className="text-ink-3">{t("history.noReason")}</span>
        )}
      </span>
      <span role="gridcell" className="truncate">
        <Result entry={entry} />
      </span>
      <span role="gridcell" className={cx(wideOnly, "text-right text-ink-2 tabular-nums")}>
        {entry.length > 0
          ? t("minutes", { count: Math.max(1, Math.round(entry.length / 60)) })
          : t("history.nothing")}
      </span>
    </div>
  );
}

/** How it ended, quiet; a tag only while it goes on or nobody knows. */
function Result({ entry }: { entry: HistoryEntry }) {
  const { t } = useTranslation();
  const words = t(`history.${resultOf(entry)}`);
  switch (stateOf(entry)) {
    case "live":
      return (
        <Tag tone="accent" icon={VenetianMask}>
          {words}
        </Tag>
      );
    case "pending":
    case "requested":
      return <Tag icon={Hourglass}>{words}</Tag>;
    case "unknown":
      return (
        <Tag tone="warn" icon={CircleHelp}>
          {words}
        </Tag>
      );
    case "ended":
    case "failed":
      return <span className="text-ink-2">{words}</span>;
  }
}
