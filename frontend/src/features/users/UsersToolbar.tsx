import { RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { formatCount } from "@/text/format";
import { t } from "@/text/i18n";
import { IconButton } from "@/ui/IconButton";
import { ColumnsMenu } from "./ColumnsMenu";
import type { Columns } from "./useColumns";
import type { Users } from "./useUsers";

/** The search box and what belongs to the whole list: columns, refresh, its count. */
export function UsersToolbar({
  users,
  onRefresh,
  columns,
  chips,
  children,
}: {
  users: Users;
  onRefresh: () => void;
  columns: Columns;
  /** The conditions of the search. */
  chips: ReactNode;
  /** The search box. */
  children: ReactNode;
}) {
  return (
    <div className="relative border-b border-line px-3.5 pt-2.5 pb-2">
      <div className="flex items-start gap-2">
        {children}
        <ColumnsMenu columns={columns} />
        <IconButton icon={RefreshCw} label={t("users.refresh")} onClick={onRefresh} />
      </div>
      <div className="mt-1.5 flex min-h-6 flex-wrap items-center gap-x-2 gap-y-1 text-12 text-ink-2">
        {chips}
        <p role="status" className="ml-auto">
          <Count users={users} />
        </p>
      </div>
      {users.listing.loading ? <Progress /> : null}
    </div>
  );
}

/** "4,118 of 248,391"; "500+" while nobody knows how many more there are. */
function Count({ users: { listing, all } }: { users: Users }) {
  const { pages, view, stale } = listing;
  if (stale || pages.size === 0) return pages.total === 0 && !stale ? formatCount(0) : null;
  const total = pages.total;
  const shown =
    total === undefined ? t("users.countMore", { shown: formatCount(pages.known) }) : formatCount(total);
  if (view.query === "" || all === undefined) return t("users.count", { count: total ?? pages.known, shown });
  return t("users.countOf", { shown, all: formatCount(all) });
}

/** A hairline while rows are on their way, once that takes a while. */
function Progress() {
  return (
    <span
      aria-hidden
      className="absolute inset-x-0 -bottom-px h-0.5 animate-pulse bg-accent transition-opacity delay-150 duration-90 starting:opacity-0"
    />
  );
}
