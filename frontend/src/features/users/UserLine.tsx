import { memo, type ReactNode } from "react";
import type { Impersonation } from "@/backend/impersonations";
import type { UserRow } from "@/backend/users";
import { formatCountdown, secondsUntil } from "@/text/format";
import { t } from "@/text/i18n";
import { Avatar } from "@/ui/Avatar";
import { cx } from "@/ui/cx";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { useNow } from "@/ui/useNow";
import { clockOf, markOf, useClockInWords } from "@/workspace/modes";
import { nameOf } from "@/workspace/person";
import { type Column, type ColumnName, givesWay, tracks } from "./columns";
import { ago, day, withoutSignIn } from "./dates";
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
  /** Set if the row is of somebody who could not be read: then it is nobody's. */
  unreadable: UserRow | undefined;
  /** The words that tell the user by ear from another of the same name, "" if nobody else has it. */
  told: string;
  /** The columns that are shown, in their order. */
  columns: readonly Column[];
  /** Whether the picture of the user is shown. */
  pictures: boolean;
  active: boolean;
  /** Rendered for assistive technology only: the active row outside of the window. */
  hidden: boolean;
  /** The impersonation of this user that is live, undefined without one. */
  impersonation: Impersonation | undefined;
  /** Milliseconds since 1970, by the minute. */
  now: number;
}

/**
 * One row. It hears no events itself: the grid does. Elements all the way down:
 * a component for each cell would be most of what a scroll costs.
 */
export const UserLine = memo(function UserLine(props: UserLineProps) {
  const { id, index, top, height, user, unreadable, columns, active, hidden } = props;
  return (
    <div
      role="row"
      id={id}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={active}
      style={{ top, height }}
      className={cx(look, active ? activeLook : "hover:bg-hover", hidden && "sr-only")}
    >
      {columns.map(({ name }, column) => (
        <span
          key={name}
          role={name === "name" ? "rowheader" : "gridcell"}
          aria-colindex={column + 1}
          // A name may turn round, the row may not: the avatar keeps its column.
          dir={name === "name" ? undefined : "auto"}
          className={
            unreadable !== undefined
              ? `${cellLooks[name]} ${name === "id" ? "font-id " : ""}text-ink-3`
              : user === undefined
                ? missingLooks[name]
                : `${cellLooks[name]} ${toneOf(name, user)}`
          }
        >
          {unreadable !== undefined
            ? unread(name, unreadable)
            : user === undefined
              ? missing(name, index)
              : cell(name, user, props)}
        </span>
      ))}
    </div>
  );
});

const look = `absolute inset-x-0 items-center border-b border-line pr-2.5 pl-3.5 ${tracks}`;
const activeLook =
  "bg-sel-idle shadow-[inset_3px_0_var(--line-2)] group-focus:bg-sel group-focus:shadow-[inset_3px_0_var(--accent)]";

/** Only the name needs a box of its own for what stands beside it: engines lay out text far faster than that. */
const cellLook = "min-w-0 truncate pr-3 text-left";
const nameLook = "flex min-w-0 items-center gap-2.25 pr-3";
/** A row that is still coming is drawn only if it takes its time. */
const late = "transition-opacity delay-150 duration-90 starting:opacity-0";
/** A value that has come ends that: a transition under way would go on, and hide it until then. */
const there = "transition-none";
const cellLooks = looksOf(`${cellLook} ${there}`, `${nameLook} ${there}`);
const missingLooks = looksOf(`${cellLook} ${late}`, `${nameLook} ${late}`);

function looksOf(most: string, ofName: string): Record<ColumnName, string> {
  const of = (name: ColumnName): string => cx(most, givesWay[name]);
  return {
    name: ofName,
    email: of("email"),
    username: of("username"),
    id: of("id"),
    lastSignIn: of("lastSignIn"),
    created: of("created"),
  };
}

function toneOf(name: ColumnName, user: UserRow): string {
  switch (name) {
    case "name":
      return user.banned ? "font-medium text-ink-3" : "font-medium";
    case "email":
    case "username":
      return user.banned ? "text-ink-3" : "text-ink-2";
    case "id":
      return user.banned ? "font-id text-ink-3" : "font-id text-ink-2";
    case "lastSignIn":
      return user.lastSignInAt === "" ? "text-ink-3" : "text-ink-2";
    case "created":
      return "text-ink-2";
    default:
      return name satisfies never;
  }
}

function cell(
  name: ColumnName,
  user: UserRow,
  { pictures, impersonation, told, now }: UserLineProps,
): ReactNode {
  switch (name) {
    case "name":
      return (
        <>
          <Avatar id={user.id} initials={user.initials} picture={pictures ? user.picture : ""} size="sm" />
          <bdi className="truncate">{nameOf(user)}</bdi>
          {told === "" ? null : <span className="sr-only">, {told}</span>}
          {user.self || user.banned || user.locked || user.deprovisioned || impersonation ? (
            <>
              {" "}
              {/* On the plain surface, so that the tints of tag and active row do not add up. */}
              <span className="flex shrink-0 gap-1 rounded-sm bg-surface">
                <StateTags user={user} />
                {impersonation ? <LiveTag item={impersonation} name={nameOf(user)} /> : null}
              </span>
            </>
          ) : null}
        </>
      );
    case "email":
      return user.email || (nameOf(user) === user.contact ? "" : user.contact);
    case "username":
    case "id":
      return user[name];
    case "lastSignIn":
      return ago(user.lastSignInAt, now) || withoutSignIn(user);
    case "created":
      return day(user.createdAt, now) || t("users.unknownTime");
    default:
      return name satisfies never;
  }
}

/** Says that somebody is signed in as this user, in which mode and for how much longer. */
function LiveTag({ item, name }: { item: Impersonation; name: string }) {
  const { icon, tone } = markOf(item);
  const { of, until } = clockOf(item);
  const [now, changes] = [useNow(), useClockInWords(item, name)];
  const left = formatCountdown(secondsUntil(until, now));
  return (
    <Tag tone={tone} icon={icon}>
      <span aria-hidden>{left}</span>
      <span className="sr-only">{of === "changes" ? changes : t("users.impersonated", { left })}</span>
    </Tag>
  );
}

/** A user who could not be read shows as a sentence, with the id beside it: its column may be hidden. */
function unread(name: ColumnName, { id }: UserRow): ReactNode {
  switch (name) {
    case "name":
      return (
        <span className="truncate">
          {id === "" ? t("users.unreadable") : t("users.unreadableID", { id })}
        </span>
      );
    case "id":
      return id;
    default:
      return null;
  }
}

const widths = ["w-24", "w-30", "w-21", "w-33", "w-26", "w-22.5", "w-30.5", "w-24.5"];

function missing(name: ColumnName, index: number): ReactNode {
  switch (name) {
    case "name":
      return (
        <>
          <Skeleton className="size-5" />
          <Skeleton className={widths[index % widths.length] ?? ""} />
        </>
      );
    case "created":
    case "lastSignIn":
      return <Skeleton className="w-12" />;
    default:
      return <Skeleton className="w-3/4" />;
  }
}
