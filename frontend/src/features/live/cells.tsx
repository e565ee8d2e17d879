/** The cells that the rows of the board have in common. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { Impersonation } from "@/backend/impersonations";
import { formatClock, formatCountdown, secondsUntil } from "@/text/format";
import { t } from "@/text/i18n";
import { Avatar, initialsOf } from "@/ui/Avatar";
import { cx } from "@/ui/cx";
import { useNow } from "@/ui/useNow";
import { waitingOf } from "@/workspace/impersonations";
import { nameOf } from "@/workspace/person";
import { browsersQuery, userQuery } from "@/workspace/queries";

export const rowLook = "shadow-[inset_0_-1px_var(--line)] outline-offset-[-2px]";

export interface Person {
  id: string;
  name: string;
  email: string;
}

/** The user who is impersonated. After a restart, and of colleagues' users, only the id is known: Clerk is asked. */
export function usePerson(id: string, name = "", email = ""): Person {
  const row = useQuery({ ...userQuery(useBackend(), id), enabled: name === "" && email === "" }).data?.row;
  const called = name || email || (row ? nameOf(row) : id);
  const reached = email || row?.contact;
  return { id, name: called, email: reached && reached !== called ? reached : id };
}

export function UserCell({
  person,
  quiet = false,
  lead,
}: {
  person: Person;
  quiet?: boolean;
  /** Opens the row. */
  lead?: ReactNode;
}) {
  return (
    <th scope="row" className="py-1 pr-2 pl-7.5 text-left font-normal">
      <span className="relative flex items-center gap-2.75">
        {lead}
        <Avatar id={person.id} initials={initialsOf(person.name)} />
        <span className="min-w-0">
          <bdi className={cx("block truncate", quiet ? "font-medium text-ink-2" : "font-semibold")}>
            {person.name}
          </bdi>
          <bdi className="block truncate text-12 text-ink-2">{person.email}</bdi>
        </span>
      </span>
    </th>
  );
}

export function Cell({
  upper,
  lower,
  className,
}: {
  upper: ReactNode;
  lower?: ReactNode;
  className?: string;
}) {
  return (
    <td className={cx("px-2", className)}>
      <bdi className="block truncate">{upper}</bdi>
      {lower ? <bdi className="block truncate text-12 text-ink-2">{lower}</bdi> : null}
    </td>
  );
}

export function ReasonCell({ upper, lower }: { upper: ReactNode; lower?: ReactNode }) {
  return <Cell upper={upper} lower={lower} className="hidden @2xl:table-cell" />;
}

/** The browser by its name, and since when. `id` is "" until one was tried. */
export function BrowserCell({ id, since }: { id: string; since: string }) {
  const all = useQuery(browsersQuery(useBackend())).data;
  const browser = all?.find((candidate) => candidate.id === id);
  const words = { default: t("live.defaultBrowser"), "copied-link": t("live.copiedLink") };
  const name = Object.entries(words).find(([known]) => known === id)?.[1] ?? (browser?.name || id);
  return (
    <Cell
      upper={name || "–"}
      lower={name ? t("live.since", { time: formatClock(since) }) : t("live.notOpened")}
      className="hidden @4xl:table-cell"
    />
  );
}

/** Says what the session waits for before the app lets the user in. */
export function Waiting({ item }: { item: Pick<Impersonation, "waiting"> }) {
  const what = waitingOf(item);
  return what ? <p className="text-12 text-ink-2">{t("live.waitingFor", { what })}</p> : null;
}

/** When it ends if nobody does anything in it, and when somebody last did. */
export function IdleCell({ endsAt, lastActiveAt }: { endsAt: string; lastActiveAt: string }) {
  const now = useNow();
  return (
    <Cell
      className="hidden @6xl:table-cell"
      upper={
        endsAt ? (
          <span className="font-semibold tabular-nums">{formatCountdown(secondsUntil(endsAt, now))}</span>
        ) : (
          <span className="text-ink-3">–</span>
        )
      }
      lower={
        lastActiveAt
          ? t("live.seen", {
              ago: formatCountdown(Math.max(0, Math.floor((now - Date.parse(lastActiveAt)) / 1000))),
            })
          : t("live.notSignedIn")
      }
    />
  );
}
