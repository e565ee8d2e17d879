import { Popover } from "@base-ui/react/popover";
import { ArrowDown, ArrowUp, Columns3 } from "lucide-react";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { IconButton } from "@/ui/IconButton";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { moved, toggled } from "./columns";
import type { Columns } from "./useColumns";

/** A button whose popup shows, hides and moves the columns of the table. */
export function ColumnsMenu({ columns }: { columns: Columns }) {
  const { all, shown, change, reset, problem } = columns;
  return (
    <Popover.Root>
      <Popover.Trigger render={<IconButton icon={Columns3} label={t("users.columns.label")} />} />
      <Popover.Portal>
        <Popover.Positioner align="end" sideOffset={4} className="z-50">
          <Popover.Popup
            aria-label={t("users.columns.label")}
            className="w-60 rounded-lg bg-raised p-2 shadow-pop outline-none"
          >
            <ul>
              {all.map((column) => {
                const name = t(`users.${column.name}`);
                return (
                  <li key={column.name} className="flex h-7.5 items-center gap-1 rounded-md px-1.5">
                    <label className="flex min-w-0 flex-1 items-center gap-2.5">
                      <input
                        type="checkbox"
                        className="size-3.5 accent-accent"
                        checked={!column.hidden}
                        // Rows are named by it.
                        disabled={column.name === "name"}
                        onChange={() => change(toggled(all, column.name))}
                      />
                      {name}
                    </label>
                    <IconButton
                      icon={ArrowUp}
                      label={t("users.columns.earlier", { name })}
                      className="size-6"
                      disabled={column === (column.hidden ? all : shown)[0]}
                      onClick={() => change(moved(all, column.name, -1))}
                    />
                    <IconButton
                      icon={ArrowDown}
                      label={t("users.columns.later", { name })}
                      className="size-6"
                      disabled={column === (column.hidden ? all : shown).at(-1)}
                      onClick={() => change(moved(all, column.name, 1))}
                    />
                  </li>
                );
              })}
            </ul>
            <Button variant="ghost" size="sm" className="mt-1" onClick={reset}>
              {t("users.columns.reset")}
            </Button>
            {problem === undefined ? null : <ProblemNotice problem={problem} compact className="mt-1" />}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
