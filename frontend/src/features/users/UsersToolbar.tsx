import { RefreshCw } from "lucide-react";
import { type ReactNode, useState } from "react";
import { formatCount } from "@/text/format";
import { t } from "@/text/i18n";
import { AfterFirstPaint } from "@/ui/AfterFirstPaint";
import { IconButton } from "@/ui/IconButton";
import { useLasting } from "@/ui/useLasting";
import { ColumnsMenu } from "./ColumnsMenu";
import type { Listing } from "./loader";
import { isHidden } from "./TableStates";
import type { Columns } from "./useColumns";
import { useCount } from "./useCount";
import type { Users } from "./useUsers";

/** The time that rows may be on their way before a hairline says so, in milliseconds. */
const progressAfter = 150;

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
  const takesLong = useLasting(users.listing.loading, progressAfter);
  return (
    <div className="relative border-b border-line px-3.5 pt-2.5 pb-2">
      <div className="flex min-h-8 items-start gap-2">
        <AfterFirstPaint>
          {children}
          <ColumnsMenu columns={columns} />
          <IconButton icon={RefreshCw} label={t("users.refresh")} onClick={onRefresh} />
        </AfterFirstPaint>
      </div>
      <div className="mt-1.5 flex min-h-6 flex-wrap items-center gap-x-2 gap-y-1 text-12 text-ink-2">
        <AfterFirstPaint>
          {chips}
          <p role="status" className="ml-auto">
            <Count users={users} />
          </p>
        </AfterFirstPaint>
      </div>
      {takesLong ? <Progress /> : null}
    </div>
  );
}

/** How many rows there are. It stays with those of before as long as they do. */
function Count({ users }: { users: Users }) {
  const all = useCount(users);
  const text = countOf(users.listing, all);
  const [shown, setShown] = useState(text);
  if (text !== undefined && text !== shown) setShown(text);
  return shown;
}

/** "4,118 of 248,391"; "500+" while nobody knows how many more there are; "" without rows; undefined with those of before. */
function countOf({ pages, view, stale, problem }: Listing, all: number | undefined): string | undefined {
  const { total } = pages;
  if (isHidden(problem) || (total === undefined && pages.size === 0)) return "";
  if (stale) return undefined;
  const shown =
    total === undefined ? t("users.countMore", { shown: formatCount(pages.known) }) : formatCount(total);
  if (total === 0) return shown;
  if (view.query === "" || all === undefined) return t("users.count", { count: total ?? pages.known, shown });
  return t("users.countOf", { shown, all: formatCount(all) });
}

/** A hairline while rows are on their way. */
function Progress() {
  return (
    <span
      aria-hidden
      className="absolute inset-x-0 -bottom-px h-0.5 animate-pulse bg-accent transition-opacity duration-90 starting:opacity-0"
    />
  );
}
