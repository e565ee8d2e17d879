import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Impersonation } from "@/backend/backend";
import { Button } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { useWorkspace } from "@/workspace/workspace";
import { ActiveRow, EndedRow } from "./rows";

const columns = [
  ["user", ""],
  ["reason", "w-[20%]"],
  ["browser", "hidden w-30 @4xl:table-cell"],
  ["started", "hidden w-16 @2xl:table-cell"],
  ["endsIn", "w-28"],
  ["ifIdle", "hidden w-26 @3xl:table-cell"],
  ["state", "w-27"],
] as const;

/**
 * The rows of the board. While the pointer or the focus is in it they keep their
 * order and their place, so that nobody ends another session than they meant.
 */
export function Board({ active, ended }: { active: Impersonation[]; ended: Impersonation[] }) {
  const { t } = useTranslation();
  const { navigate } = useWorkspace();
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const held = useHeldOrder(active, pointed || focused);
  const rows = held.flatMap((id) => [...active, ...ended].find((item) => item.id === id) ?? []);

  return (
    <table
      // The arrow keys go from row to row, which is what a grid is.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
      role="grid"
      aria-label={t("live.board")}
      className="w-full table-fixed border-collapse"
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <thead className="sticky top-0 z-10 bg-surface">
        <tr className="h-7.5 text-left text-11 font-medium text-ink-2 shadow-[inset_0_-1px_var(--line)]">
          {columns.map(([name, width], index) => (
            <th
              key={name}
              scope="col"
              className={cx(
                "relative px-2 font-medium",
                width,
                index === 0
                  ? "pl-3.5"
                  : "before:absolute before:top-2 before:left-0 before:h-3.5 before:w-px before:bg-line-2",
              )}
            >
              {t(`live.${name}`)}
            </th>
          ))}
          <th scope="col" className="w-34">
            <span className="sr-only">{t("live.action")}</span>
          </th>
        </tr>
      </thead>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys bubble up from the rows */}
      <tbody onKeyDown={onRowKey}>
        {rows.map((item) => (
          <ActiveRow key={item.id} item={item} />
        ))}
      </tbody>
      {ended.some(({ id }) => !held.includes(id)) ? (
        <tbody>
          <tr className="h-8.5 shadow-[inset_0_-1px_var(--line)]">
            <th
              scope="rowgroup"
              colSpan={columns.length}
              className="px-3.5 text-left text-11 font-semibold text-ink-2"
            >
              {t("live.endedToday")}
            </th>
            <td className="px-3.5 text-right">
              <Button variant="link" size="inline" onClick={() => navigate("history")}>
                {t("live.allHistory")}
              </Button>
            </td>
          </tr>
          {ended
            .filter(({ id }) => !held.includes(id))
            .map((item) => (
              <EndedRow key={item.id} item={item} />
            ))}
        </tbody>
      ) : null}
    </table>
  );
}

/** The ids in order; while held, as they were, with new ones at the end. */
function useHeldOrder(active: Impersonation[], hold: boolean): string[] {
  const now = active.map(({ id }) => id);
  const [kept, setKept] = useState(now);
  const order = hold ? [...kept, ...now.filter((id) => !kept.includes(id))] : now;
  if (order.join() !== kept.join()) setKept(order);
  return order;
}

/** Arrows go from row to row; Delete and Enter go to its button. */
function onRowKey(event: KeyboardEvent<HTMLTableSectionElement>) {
  const row = event.target instanceof HTMLTableRowElement ? event.target : null;
  if (!row) return;
  const target = {
    ArrowDown: row.nextElementSibling,
    ArrowUp: row.previousElementSibling,
    Delete: row.querySelector("button"),
    Enter: row.querySelector("button"),
  }[event.key];
  if (!(target instanceof HTMLElement)) return;
  event.preventDefault();
  target.focus();
}
