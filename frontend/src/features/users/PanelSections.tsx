import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { Contact, UserDetail, UserRow } from "@/backend/users";
import { t } from "@/text/i18n";
import { Avatar, initialsOf } from "@/ui/Avatar";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { useNow } from "@/ui/useNow";
import { day, moment, withoutSignIn } from "./dates";
import { Json } from "./Json";
import { useMore } from "./More";
import { PrivateMetadata } from "./PrivateMetadata";
import { membershipsQuery } from "./queries";

/** So many organizations are shown without being asked. */
const enough = 10;

/** Shows what the row tells already; the rest follows when the details are there. */
export function Identity({
  user,
  detail,
  id,
}: {
  user: UserRow;
  detail: UserDetail | undefined;
  /** Of the element with the user's id. */
  id: string;
}) {
  return (
    <Section title={t("users.panel.identity")}>
      <Facts>
        <Fact name={t("users.panel.userID")}>
          <span id={id} className="font-id break-all">
            {user.id}
          </span>
        </Fact>
        {detail === undefined || detail.externalID === "" ? null : (
          <Fact name={t("users.panel.externalID")}>
            <bdi className="font-id break-all">{detail.externalID}</bdi>
          </Fact>
        )}
        {user.username === "" ? null : (
          <Fact name={t("users.panel.username")}>
            <bdi className="break-all">{user.username}</bdi>
          </Fact>
        )}
      </Facts>
    </Section>
  );
}

export function Activity({ user, detail }: { user: UserRow; detail: UserDetail | undefined }) {
  const now = useNow();
  return (
    <Section title={t("users.panel.activity")}>
      <Facts>
        {detail === undefined || detail.lastActiveAt === "" ? null : (
          <Fact name={t("users.panel.lastActive")}>{day(detail.lastActiveAt, now)}</Fact>
        )}
        <Fact name={t("users.panel.lastSignIn")}>
          {moment(user.lastSignInAt, now) || withoutSignIn(user)}
        </Fact>
        {detail === undefined || detail.lockedUntil === "" ? null : (
          <Fact name={t("users.panel.lockedUntil")}>{moment(detail.lockedUntil, now)}</Fact>
        )}
        <Fact name={t("users.panel.created")}>{moment(user.createdAt, now) || t("users.unknownTime")}</Fact>
        {detail === undefined || detail.updatedAt === "" ? null : (
          <Fact name={t("users.panel.updated")}>{moment(detail.updatedAt, now)}</Fact>
        )}
      </Facts>
    </Section>
  );
}

/** Addresses or numbers, the primary one first as Go sends them. */
export function Contacts({ title, contacts }: { title: string; contacts: readonly Contact[] }) {
  if (contacts.length === 0) return null;
  return (
    <Section title={title} aside={contacts.length}>
      <ul className="space-y-1.5">
        {contacts.map(({ value, primary, verified }) => (
          <li key={value} className="flex items-center gap-1.5 text-12">
            <bdi className="min-w-0 truncate select-text" title={value}>
              {value}
            </bdi>
            {primary && contacts.length > 1 ? <Tag>{t("users.panel.primary")}</Tag> : null}
            {verified ? null : <Tag tone="warn">{t("users.panel.notVerified")}</Tag>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** A user can be in thousands: they come for themselves, and the first ones are shown. */
export function Organizations({ userID }: { userID: string }) {
  const query = useQuery(membershipsQuery(useBackend(), userID));
  const memberships = query.data ?? [];
  const { shown, more } = useMore(memberships, enough);
  if (query.data?.length === 0) return null;
  return (
    <Section title={t("users.panel.organizations")} aside={query.data?.length ?? null}>
      {query.isPending ? <Coming /> : null}
      <Failed query={query} />
      <ul className="space-y-1.5">
        {shown.map(({ id, name, role }, i) => (
          // An organization that cannot be read has no id.
          <li key={id || i} className="flex items-center gap-2 text-12">
            <Avatar id={id} initials={initialsOf(name)} size="sm" />
            <bdi className="min-w-0 flex-1 truncate select-text" title={name}>
              {name || t("users.panel.unreadable")}
            </bdi>
            <bdi className="max-w-2/5 truncate text-ink-2" title={role}>
              {role || t("users.panel.unreadable")}
            </bdi>
          </li>
        ))}
      </ul>
      {more}
    </Section>
  );
}

export function Metadata({ publicMetadata, unsafeMetadata, row }: UserDetail) {
  return (
    <Section title={t("users.panel.metadata")}>
      <Json title={t("users.panel.public")} json={publicMetadata} />
      <Json title={t("users.panel.unsafe")} json={unsafeMetadata} />
      <PrivateMetadata key={row.id} id={row.id} />
    </Section>
  );
}

/** In place of a section that could not be had although the rest was. */
export function Failed({
  query,
}: {
  query: Pick<UseQueryResult, "error" | "errorUpdateCount"> & { refetch: () => unknown };
}) {
  if (query.error === null) return null;
  return (
    <ProblemNotice
      key={query.errorUpdateCount}
      problem={query.error.problem}
      onRetry={() => void query.refetch()}
      byItself
    />
  );
}

/** In place of a section that is still on its way while the rest is there. */
export function Coming() {
  return (
    <div
      role="status"
      aria-label={t("users.panel.loading")}
      className="space-y-3 py-1 transition-opacity delay-150 duration-90 starting:opacity-0"
    >
      <Skeleton className="w-48" />
      <Skeleton className="w-40" />
    </div>
  );
}

/** The sections that are still on their way. */
export function Loading() {
  return (
    <div
      role="status"
      aria-label={t("users.panel.loading")}
      className="space-y-3 border-t border-line py-4 transition-opacity delay-150 duration-90 starting:opacity-0"
    >
      {["w-24", "w-56", "w-48", "w-52", "w-28", "w-60"].map((width) => (
        <Skeleton key={width} className={width} />
      ))}
    </div>
  );
}

/** A titled part of the panel. */
export function Section({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="border-t border-line py-3">
      <div className="mb-2 flex items-baseline justify-between text-11 text-ink-2">
        <h3 className="text-12 font-semibold text-ink">{title}</h3>
        {aside}
      </div>
      {children}
    </section>
  );
}

function Facts({ children }: { children: ReactNode }) {
  return <dl className="space-y-1.5 text-12">{children}</dl>;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[5.25rem_1fr]">
      <dt className="text-ink-2">{name}</dt>
      <dd className="min-w-0 select-text">{children}</dd>
    </div>
  );
}
