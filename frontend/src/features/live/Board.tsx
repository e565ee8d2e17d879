import { type KeyboardEvent, useEffect, useState } from "react";
import type { Impersonation, OtherImpersonation } from "@/backend/impersonations";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { endOf } from "@/workspace/impersonations";
import { useWorkspace } from "@/workspace/workspace";
import { OtherRow } from "./OtherRow";
import { ActiveRow, EndedRow, rowID } from "./rows";
import { type OpenedRow, useOpenRows } from "./useOpenRows";

const columns = [
  ["user", ""],
  ["reason", "hidden w-[17%] @2xl:table-cell"],
  ["mode", "w-35"],
  ["browser", "hidden w-25 @4xl:table-cell"],
  ["endsIn", "w-24"],
  ["ifIdle", "hidden w-26 @6xl:table-cell"],
  ["state", "hidden w-28 @3xl:table-cell"],
] as const;

const frame = "w-full table-fixed border-collapse";

/**
 * The rows of the board. While the pointer or the focus is in it they keep their
 * order and their place, so that nobody ends another session than they meant.
 */
export function Board({
  active,
  others,
  ended,
  opened,
}: {
  active: Impersonation[];
  others: OtherImpersonation[];
  ended: Impersonation[];
  opened: OpenedRow | undefined;
}) {
  const { navigate } = useWorkspace();
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const held = useHeldOrder(soonestFirst(active, others), pointed || focused);

  const [openRows, toggle] = useOpenRows(opened);
  useEffect(() => {
    if (opened) document.getElementById(rowID(opened.id))?.focus();
  }, [opened]);

  const gone = ended.filter(({ id }) => !held.includes(id));

  return (
    <>
      <table
        // The arrow keys go from row to row, which is what a grid is.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
        role="grid"
        aria-label={t("live.board")}
        className={frame}
        onPointerEnter={() => setPointed(true)}
        onPointerLeave={() => setPointed(false)}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
      >
        <thead className="sticky top-0 z-10 bg-surface shadow-[inset_0_-1px_var(--line)]">
          <Titles />
        </thead>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys bubble up from the rows */}
        <tbody onKeyDown={onRowKey}>
          {held.map((id) => {
            const mine = [...active, ...ended].find((item) => item.id === id);
            const other = others.find((item) => item.sessionID === id);
            if (mine)
              return <ActiveRow key={id} item={mine} open={openRows.has(id)} onToggle={() => toggle(id)} />;
            return other ? <OtherRow key={id} other={other} /> : null;
          })}
        </tbody>
      </table>
      {gone.length > 0 ? (
        <>
          <div className="flex h-8.5 items-center justify-between border-b border-line px-3.5">
            <h2 className="text-11 font-semibold text-ink-2">{t("live.endedToday")}</h2>
            <Button variant="link" size="inline" onClick={() => navigate("history")}>
              {t("live.allHistory")}
            </Button>
          </div>
          <table aria-label={t("live.endedToday")} className={frame}>
            <thead>
              <Titles silent />
            </thead>
            <tbody>
              {gone.map((item) => (
                <EndedRow key={item.id} item={item} />
              ))}
            </tbody>
          </table>
        </>
      ) : null}
    </>
  );
}

/** The titles of the columns, which give them their widths. Of the second table they are only read aloud. */
function Titles({ silent = false }: { silent?: boolean }) {
  const line = "before:absolute before:top-2 before:left-0 before:h-3.5 before:w-px before:bg-line-2";
  return (
    <tr className={cx("text-left text-11 text-ink-2", silent ? "h-0" : "h-7.5")}>
      {columns.map(([name, width], index) => (
        <th
          key={name}
          scope="col"
          className={cx("relative px-2 font-medium", width, index === 0 ? "pl-7.5" : !silent && line)}
        >
          <span className={silent ? "sr-only" : ""}>{t(`live.${name}`)}</span>
        </th>
      ))}
      <th scope="col" className="w-35 @4xl:w-54">
        <span className="sr-only">{t("live.action")}</span>
      </th>
    </tr>
  );
}

/** The ids of everything that runs, by when it ends. */
function soonestFirst(active: Impersonation[], others: OtherImpersonation[]): string[] {
  return [
    ...active.map((item) => ({ id: item.id, end: endOf(item) })),
    ...others.map((other) => ({ id: other.sessionID, end: other.sessionEndsAt })),
  ]
    .toSorted((a, b) => a.end.localeCompare(b.end))
    .map(({ id }) => id);
}

/** The ids in order; while held, as they were, with new ones at the end. */
function useHeldOrder(now: string[], hold: boolean): string[] {
  const [kept, setKept] = useState(now);
  const order = hold ? [...kept, ...now.filter((id) => !kept.includes(id))] : now;
  if (order.join() !== kept.join()) setKept(order);
  return order;
}

/**
 * Arrows go from row to row; Delete and Enter go to its button. Space and the arrow to the
 * right open a row, Escape and the arrow to the left close it, Escape from inside as well.
 */
function onRowKey(event: KeyboardEvent<HTMLTableSectionElement>) {
  const { key, target } = event;
  const row = target instanceof Element ? rowAt(target) : null;
  const opener = row?.querySelector("[aria-expanded]");
  const onOpener = target === row || target === opener;
  const isOpen = opener?.getAttribute("aria-expanded") === "true";
  const turns = isOpen
    ? key === "Escape" || (onOpener && key === "ArrowLeft")
    : onOpener && (key === "ArrowRight" || (key === " " && target === row));
  if (turns && opener instanceof HTMLElement) opener.click();
  const next = turns
    ? row
    : target === row
      ? {
          ArrowDown: neighbor(row, "nextElementSibling"),
          ArrowUp: neighbor(row, "previousElementSibling"),
          Delete: row.querySelector("[data-end]"),
          Enter: row.querySelector("[data-end]"),
        }[key]
      : undefined;
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  next.focus();
}

/** The row that an element is in, or below. */
function rowAt(element: Element): Element | null {
  const row = element.closest("tr");
  return row?.hasAttribute("tabindex") ? row : row && neighbor(row, "previousElementSibling");
}

/** The next row that takes the focus, unlike a row that stands below another one. */
function neighbor(row: Element, side: "nextElementSibling" | "previousElementSibling"): Element | null {
  let found = row[side];
  while (found && !found.hasAttribute("tabindex")) found = found[side];
  return found;
}
