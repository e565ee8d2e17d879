import { VenetianMask } from "lucide-react";
import { memo, type ReactNode } from "react";
import type { UserRow } from "@/backend/backend";
import { formatCountdown, secondsUntil } from "@/text/format";
import { t } from "@/text/i18n";
import { Avatar } from "@/ui/Avatar";
import { cx } from "@/ui/cx";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { useNow } from "@/ui/useNow";
import { type Column, type ColumnName, givesWay, tracks } from "./columns";
import { ago, day } from "./dates";
import { nameOf } from "./person";
import { StateTags } from "./StateTags";

interface UserLineProps {
  id: string;
  /** Counted from 0. */
  index: number;
  /** Where it stands within the rows, in pixels. */
  top: number;
  height: number;
  /** Undefined while it loads. */
  user: UserRow | undefined;
  /** Those that are shown, in their order. */
  columns: readonly Column[];
  /** Whether the picture of the user is shown. */
  pictures: boolean;
  active: boolean;
  /** Rendered for assistive technology only: the active row outside of the window. */
  hidden: boolean;
  /** When the impersonation of this user ends, "" without one. */
  liveUntil: string;
  /** Milliseconds since 1970, by the minute. */
  now: number;
}

/** One row. It hears no events itself: the grid does. */
export const UserLine = memo(function UserLine(props: UserLineProps) {
  const { id, index, top, height, user, active, hidden } = props;
  return (
    <div
      role="row"
      id={id}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={active}
      style={{ top, height }}
      className={cx(
        "absolute inset-x-0 items-center border-b border-line pr-2.5 pl-3.5 transition-opacity duration-160 group-data-stale:opacity-50",
        tracks,
        active
          ? "bg-sel-idle shadow-[inset_3px_0_var(--line-2)] group-focus:bg-sel group-focus:shadow-[inset_3px_0_var(--accent)]"
          : "hover:bg-hover",
        hidden && "sr-only",
      )}
    >
      {user === undefined ? (
        <Missing index={index} columns={props.columns} />
      ) : (
        <Cells {...props} user={user} />
      )}
    </div>
  );
});

function Cells({ user, columns, pictures, liveUntil, now }: UserLineProps & { user: UserRow }) {
  const content = (name: ColumnName): ReactNode => {
    switch (name) {
      case "name":
        return (
          <>
            <Avatar id={user.id} initials={user.initials} picture={pictures ? user.picture : ""} size="sm" />
            <bdi className={cx("truncate font-medium", user.banned && "text-ink-3")}>{nameOf(user)}</bdi>{" "}
            {/* On the plain surface, so that the tints of tag and active row do not add up. */}
            <span className="flex shrink-0 gap-1 rounded-sm bg-surface empty:hidden">
              <StateTags user={user} />
              {liveUntil === "" ? null : <LiveTag until={liveUntil} />}
            </span>
          </>
        );
      case "email":
      case "username":
      case "id":
        return (
          <bdi
            className={cx("truncate", name === "id" && "font-id", user.banned ? "text-ink-3" : "text-ink-2")}
          >
            {user[name]}
          </bdi>
        );
      case "lastSignIn":
        return (
          <span className={cx("truncate", user.lastSignInAt === "" ? "text-ink-3" : "text-ink-2")}>
            {ago(user.lastSignInAt, now)}
          </span>
        );
      case "created":
        return <span className="truncate text-ink-2">{day(user.createdAt, now)}</span>;
      default:
        return name satisfies never;
    }
  };
  return columns.map(({ name }, index) => (
    <Cell key={name} name={name} index={index}>
      {content(name)}
    </Cell>
  ));
}

/** A cell; the one with the name says whose row it is. */
function Cell({
  name,
  index,
  className,
  children,
}: {
  name: ColumnName;
  index: number;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span
      role={name === "name" ? "rowheader" : "gridcell"}
      aria-colindex={index + 1}
      className={cx("flex min-w-0 items-center gap-2.25 pr-3", givesWay[name], className)}
    >
      {children}
    </span>
  );
}

/** Says that somebody is signed in as this user, and for how much longer. */
function LiveTag({ until }: { until: string }) {
  const left = formatCountdown(secondsUntil(until, useNow()));
  return (
    <Tag tone="accent" icon={VenetianMask}>
      <span aria-hidden>{left}</span>
      <span className="sr-only">{t("users.impersonated", { left })}</span>
    </Tag>
  );
}

const widths = ["w-24", "w-30", "w-21", "w-33", "w-26", "w-22.5", "w-30.5", "w-24.5"];

/** A row that is still coming: drawn only if it takes its time. */
function Missing({ index, columns }: { index: number; columns: readonly Column[] }) {
  return columns.map(({ name }, column) => (
    <Cell
      key={name}
      name={name}
      index={column}
      className="transition-opacity delay-150 duration-90 starting:opacity-0"
    >
      {name === "name" ? (
        <>
          <Skeleton className="size-5 rounded-full" />
          <Skeleton className={widths[index % widths.length] ?? ""} />
        </>
      ) : (
        <Skeleton className={name === "created" || name === "lastSignIn" ? "w-12" : "w-3/4"} />
      )}
    </Cell>
  ));
}
