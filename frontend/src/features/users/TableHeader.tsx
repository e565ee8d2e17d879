import { ArrowDown, ArrowUp } from "lucide-react";
import { memo } from "react";
import type { View } from "@/backend/users";
import { t } from "@/text/i18n";
import { cx } from "@/ui/cx";
import { Icon } from "@/ui/Icon";
import { givesWay, tracks } from "./columns";
import { ResizeHandle } from "./ResizeHandle";
import type { Columns } from "./useColumns";

interface TableHeaderProps extends Pick<View, "sort" | "descending"> {
  columns: Columns;
  /** The prefix of the id of each column header. */
  id: string;
  /** The column that has the keyboard, -1 for none. */
  active: number;
  onSort: (sort: string) => void;
}

/** The id of a column's header. */
export const headerID = (id: string, column: number): string => `${id}-column-${column}`;

/** The header row. Its buttons are for the mouse; the keyboard comes through the grid. New rows leave it as it is. */
export const TableHeader = memo(function TableHeader(props: TableHeaderProps) {
  const { columns, id, active, onSort } = props;
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
        const sorted = sort === props.sort;
        const shared = {
          role: "columnheader",
          id: headerID(id, column),
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
        const direction = props.descending ? "descending" : "ascending";
        return (
          <span key={name} {...shared} aria-sort={sorted ? direction : "none"}>
            <button
              type="button"
              tabIndex={-1}
              onClick={() => onSort(sort)}
              className={cx(
                "flex h-full min-w-0 grow items-center gap-1.5",
                column === 0 && "-ml-3.5 pl-3.5",
                sorted ? "font-semibold text-ink" : "hover:text-ink",
              )}
            >
              {t(`users.${name}`)}
              {sorted ? <Icon icon={props.descending ? ArrowDown : ArrowUp} className="size-3.5" /> : null}
            </button>
            <ResizeHandle name={name} columns={columns} />
          </span>
        );
      })}
    </div>
  );
});
