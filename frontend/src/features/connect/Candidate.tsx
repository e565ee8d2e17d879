import { ChevronRight, ShieldAlert, UserRoundX } from "lucide-react";
import type { UserRow } from "@/backend/users";
import { shortenID } from "@/text/format";
import { t } from "@/text/i18n";
import { Avatar } from "@/ui/Avatar";
import { cx } from "@/ui/cx";
import { Icon } from "@/ui/Icon";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { useInSight } from "@/ui/useInSight";
import { lineOf, nameOf } from "@/workspace/person";
import { Marked } from "./Marked";

/** A user who may be the operator. */
export function Candidate({
  id,
  row,
  query,
  active,
  picked,
  onPick,
}: {
  id: string;
  row: UserRow;
  query: string;
  active: boolean;
  picked: boolean;
  onPick: () => void;
}) {
  const element = useInSight(active);
  return (
    // The search box keeps the focus and the keys; the pointer picks here.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      ref={element}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={picked}
      onClick={onPick}
      className={cx(
        "flex h-11.5 items-center gap-2.75 rounded-md px-2.5",
        picked ? "bg-sel" : "hover:bg-hover",
        active && "outline-1 -outline-offset-1 outline-ring",
      )}
    >
      <span
        aria-hidden
        className={cx(
          "size-3.5 shrink-0 rounded-full",
          picked ? "border-4 border-accent bg-on-accent" : "border-2 border-ink-3",
        )}
      />
      <Avatar id={row.id} initials={row.initials} />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2 font-medium">
          <bdi className="truncate">
            <Marked text={nameOf(row)} query={query} />
          </bdi>
          {picked ? (
            <Tag tone="warn" icon={ShieldAlert}>
              {t("connect.identity.unverified")}
            </Tag>
          ) : null}
        </span>
        <bdi id={`${id}-email`} className="block truncate text-12 text-ink-2">
          <Marked text={lineOf(row)} query={query} />
        </bdi>
      </span>
      <span className="font-id text-ink-2">{shortenID(row.id)}</span>
    </div>
  );
}

export function LoadingRows() {
  return (
    <div role="option" aria-selected="false" aria-label={t("connect.identity.loading")} tabIndex={-1}>
      {[44, 36, 40, 32].map((width) => (
        <span key={width} className="flex h-11.5 items-center gap-2.75 px-2.5">
          <Skeleton className="size-3.5" />
          <Skeleton className="size-6.5" />
          <span style={{ width: `${width}%` }}>
            <Skeleton />
          </span>
        </span>
      ))}
    </div>
  );
}

/** The way on for an operator who is none of the users, below all of them. */
export function NotAUser({ onChoose }: { onChoose: () => void }) {
  return (
    <div className="border-t border-line p-1.5">
      <button
        type="button"
        onClick={onChoose}
        className="flex h-11.5 w-full items-center gap-2.75 rounded-md px-2.5 text-left -outline-offset-1 hover:bg-hover"
      >
        <span className="ml-6.25 flex size-6.5 shrink-0 items-center justify-center text-ink-2">
          <Icon icon={UserRoundX} className="size-4.5" />
        </span>
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{t("connect.identity.outside")}</span>
          <span className="block truncate text-12 text-ink-2">{t("connect.identity.outsideAbout")}</span>
        </span>
        <Icon icon={ChevronRight} className="size-3.5 text-ink-3" />
      </button>
    </div>
  );
}
