import { Ban, Lock, VenetianMask } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { UserRow } from "@/backend/backend";
import { formatCountdown, secondsUntil } from "@/text/format";
import { Avatar } from "@/ui/Avatar";
import { cx } from "@/ui/cx";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { useNow } from "@/ui/useNow";
import { givesWay, tracks } from "./columns";
import { nameOf } from "./person";
import { useDates } from "./useDates";

interface UserLineProps {
  id: string;
  /** Counted from 0. */
  index: number;
  /** Where it stands within the rows, in pixels. */
  top: number;
  height: number;
  /** Undefined while it loads. */
  user: UserRow | undefined;
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
      {user === undefined ? <Missing index={index} /> : <Cells {...props} user={user} />}
    </div>
  );
});

function Cells({ user, liveUntil, now }: UserLineProps & { user: UserRow }) {
  const { t } = useTranslation();
  const dates = useDates();
  return (
    <>
      <span role="rowheader" aria-colindex={1} className="flex min-w-0 items-center gap-2.25 pr-3">
        <Avatar id={user.id} initials={user.initials} size="sm" />
        <bdi className={cx("truncate font-medium", user.banned && "text-ink-3")}>{nameOf(user)}</bdi>{" "}
        {/* On the plain surface, so that the tints of tag and active row do not add up. */}
        <span className="flex shrink-0 gap-1 rounded-sm bg-surface empty:hidden">
          {user.self ? <Tag>{t("you")}</Tag> : null}
          {user.banned ? (
            <Tag tone="danger" icon={Ban}>
              {t("users.banned")}
            </Tag>
          ) : null}
          {user.locked ? (
            <Tag tone="warn" icon={Lock}>
              {t("users.locked")}
            </Tag>
          ) : null}
          {liveUntil === "" ? null : <LiveTag until={liveUntil} />}
        </span>
      </span>
      <span role="gridcell" aria-colindex={2} className="min-w-0 pr-3">
        <bdi className={cx("block truncate", user.banned ? "text-ink-3" : "text-ink-2")}>{user.email}</bdi>
      </span>
      <span
        role="gridcell"
        aria-colindex={3}
        className={cx(
          "truncate pr-2",
          user.lastSignInAt === "" ? "text-ink-3" : "text-ink-2",
          givesWay.lastSignIn,
        )}
      >
        {dates.ago(user.lastSignInAt, now)}
      </span>
      <span role="gridcell" aria-colindex={4} className={cx("truncate text-ink-2", givesWay.created)}>
        {dates.day(user.createdAt, now)}
      </span>
    </>
  );
}

/** Says that somebody is signed in as this user, and for how much longer. */
function LiveTag({ until }: { until: string }) {
  const { t } = useTranslation();
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
function Missing({ index }: { index: number }) {
  const slow = "transition-opacity delay-150 duration-90 starting:opacity-0";
  return (
    <>
      <span role="rowheader" aria-colindex={1} className={cx("flex items-center gap-2.25 pr-3", slow)}>
        <Skeleton className="size-5 rounded-full" />
        <Skeleton className={widths[index % widths.length] ?? ""} />
      </span>
      <span role="gridcell" aria-colindex={2} className={cx("pr-3", slow)}>
        <Skeleton className="w-3/4" />
      </span>
      <span role="gridcell" aria-colindex={3} className={cx(givesWay.lastSignIn, slow)}>
        <Skeleton className="w-13.5" />
      </span>
      <span role="gridcell" aria-colindex={4} className={cx(givesWay.created, slow)}>
        <Skeleton className="w-11" />
      </span>
    </>
  );
}
