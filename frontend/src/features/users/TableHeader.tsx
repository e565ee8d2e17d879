import { ArrowDown, ArrowUp } from "lucide-react";
import type { View } from "@/backend/backend";
import { t } from "@/text/i18n";
import { cx } from "@/ui/cx";
import { Icon } from "@/ui/Icon";
import { givesWay, tracks } from "./columns";
import { ResizeHandle } from "./ResizeHandle";
import type { Columns } from "./useColumns";

/** The header row. Its buttons are for the mouse; the keyboard comes through the grid. */
export function TableHeader({
  view,
  columns,
  id,
  active,
  onSort,
}: {
  view: View;
  columns: Columns;
  /** Of each column, from its number. */
  id: (column: number) => string;
  /** The column that has the keyboard, -1 for none. */
  active: number;
  onSort: (sort: string) => void;
}) {
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={cx(
        "sticky top-0 z-10 h-7.5 items-center border-b border-line bg-surface pr-2.5 pl-3.5 text-12 text-ink-2",
        tracks,
      )}
    >
      {columns.shown.map(({ name, sort }, column) => {
        const sorted = sort === view.sort;
        const shared = {
          role: "columnheader",
          id: id(column),
          "aria-colindex": column + 1,
          className: cx(
            "relative flex h-full items-center font-medium",
            column > 0 && "before:absolute before:-left-2 before:h-3.5 before:w-px before:bg-line-2",
            column === active &&
              "group-focus:outline-2 group-focus:outline-ring group-focus:-outline-offset-2",
            givesWay[name],
          ),
        };
        if (sort === "") {
          return (
            <span key={name} {...shared}>
              {t(`users.${name}`)}
              <ResizeHandle name={name} columns={columns} />
            </span>
          );
        }
        const direction = view.descending ? "descending" : "ascending";
        return (
          <span key={name} {...shared} aria-sort={sorted ? direction : "none"}>
            <button
              type="button"
              tabIndex={-1}
              onClick={() => onSort(sort)}
              className={cx(
                "flex h-full items-center gap-1.5",
                sorted ? "font-semibold text-ink" : "hover:text-ink",
              )}
            >
              {t(`users.${name}`)}
              {sorted ? <Icon icon={view.descending ? ArrowDown : ArrowUp} className="size-3.5" /> : null}
            </button>
            <ResizeHandle name={name} columns={columns} />
          </span>
        );
      })}
    </div>
  );
}
