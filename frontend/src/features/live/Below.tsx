import type { ReactNode } from "react";
import { cx } from "@/ui/cx";

/** Stands below a row, as wide as the board: a cell cannot span columns that a narrow window hides. */
export function Below({ id, className, children }: { id?: string; className?: string; children: ReactNode }) {
  return (
    <tr>
      <td colSpan={4} className="p-0">
        <div
          id={id}
          className={cx("w-[100cqw] bg-sunken px-3.5 pt-0.5 shadow-[inset_0_-1px_var(--line)]", className)}
        >
          {children}
        </div>
      </td>
    </tr>
  );
}
