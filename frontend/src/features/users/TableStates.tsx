import { useQuery } from "@tanstack/react-query";
import { EyeOff, Hourglass, SearchX, UsersRound } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { environmentOf } from "@/backend/backend";
import type { Problem } from "@/backend/problem";
import { instancesQuery } from "@/backend/queries";
import { formatClock, secondsUntil } from "@/text/format";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Icon } from "@/ui/Icon";
import { CopyDetails, ProblemNotice } from "@/ui/ProblemNotice";
import { useNow } from "@/ui/useNow";
import { useWake } from "@/ui/useWake";
import { EnvironmentName, InstanceLetter } from "@/workspace/InstanceBadge";
import { OperatorWay } from "@/workspace/OperatorWay";
import { useWorkspace } from "@/workspace/workspace";
import type { Search } from "./search/useSearch";

/** Searches that find by something else than the words; the first column is typed as it stands. */
const otherSearches = [
  ["priya@example.com", "byAddress"],
  ["user_2nQx8Zk…", "byID"],
  ["ext:crm-884120", "byExternalID"],
  ["org:meridian", "byOrganization"],
] as const;

/** A search that nobody matches. The focus stays in the search box. */
function NoMatch({ search, instance, onClear }: { search: Search; instance: string; onClear: () => void }) {
  const { text, terms, query } = search;
  const hasBoth = terms.length > 0 && text.trim() !== "";
  return (
    <EmptyState
      icon={SearchX}
      title={t("users.noMatch", { query: hasBoth ? text.trim() : query })}
      actions={
        <>
          {hasBoth ? <Button onClick={() => search.replace(text)}>{t("users.clearFilters")}</Button> : null}
          <Button onClick={onClear}>{t("users.clear")}</Button>
          <Elsewhere query={query} />
        </>
      }
      foot={
        <div className="w-100 max-w-full border-t border-line pt-3.5 text-left">
          <h3 className="mb-1.5 font-semibold text-ink">{t("users.otherSearches")}</h3>
          <dl className="grid grid-cols-[max-content_1fr] gap-x-3.5 gap-y-1.5 text-ink-2">
            {otherSearches.map(([example, meaning]) => (
              <div key={meaning} className="contents">
                <dt className="font-id text-ink">{example}</dt>
                <dd>{t(`users.${meaning}`)}</dd>
              </div>
            ))}
          </dl>
        </div>
      }
    >
      <p>{t("users.noMatchAbout", { name: instance })}</p>
    </EmptyState>
  );
}

/** The same search in the other instances, each in the colours of where it leads. */
function Elsewhere({ query }: { query: string }) {
  const { instance, switchTo } = useWorkspace();
  const instances = useQuery(instancesQuery(useBackend())).data ?? [];
  return instances
    .filter(({ id, environment }) => id !== instance.id && environment !== "sample")
    .map((other) => (
      <Button
        key={other.id}
        data-env={environmentOf(other)}
        className="border-env-line bg-env-tint pl-1.5"
        onClick={() => switchTo(other, query)}
      >
        <InstanceLetter instance={other} className="size-5 rounded-sm text-11" />
        <span>
          {t("users.searchIn")} <bdi>{other.name}</bdi>{" "}
          <span className="font-normal text-env-ink">
            <EnvironmentName instance={other} />
          </span>
        </span>
      </Button>
    ));
}

/** An instance that nobody has signed up to. */
function NoUsers({ instance, onRefresh }: { instance: string; onRefresh: () => void }) {
  return (
    <EmptyState
      icon={UsersRound}
      title={t("users.emptyTitle")}
      actions={<Button onClick={onRefresh}>{t("users.refresh")}</Button>}
    >
      <p>{t("users.emptyAbout", { name: instance })}</p>
    </EmptyState>
  );
}

/** What stands in the place of the rows when there are none. */
export function NoRows({
  search,
  onClear,
  onRefresh,
}: {
  search: Search;
  onClear: () => void;
  onRefresh: () => void;
}) {
  const { instance } = useWorkspace();
  if (search.query === "") return <NoUsers instance={instance.name} onRefresh={onRefresh} />;
  return <NoMatch search={search} instance={instance.name} onClear={onClear} />;
}

/** Whether the rules of the instance hide its users from this operator. */
export function isHidden(problem: Problem | undefined): problem is Problem {
  return problem?.code === "permission_missing" || problem?.code === "sign_in_required";
}

/** In place of users who are hidden: what the operator lacks, and the way on. */
export function Hidden({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  return (
    <EmptyState
      icon={EyeOff}
      title={t("users.hiddenTitle")}
      actions={
        <>
          <OperatorWay problem={problem} />
          <Button onClick={onRetry}>{t("users.retryNow")}</Button>
        </>
      }
    >
      <div role="alert">
        <p>{problem.message}</p>
        <p>{problem.next}</p>
      </div>
    </EmptyState>
  );
}

/**
 * Why rows did not come, over the rows that are there. Give each failure a key
 * of its own: its time begins when it is first shown.
 */
export function LoadNotice({
  problem,
  asOf,
  onRetry,
}: {
  problem: Problem;
  asOf: number;
  onRetry: () => void;
}) {
  const shown = asOf === 0 ? "" : t("users.shownAsOf", { time: formatClock(asOf) });
  const isOff = problem.code === "clerk_unreachable" && !navigator.onLine;
  const next = [problem.next, isOff && t("users.whenOnline"), shown].filter(Boolean).join(" ");
  // Back online, or awake, Clerk can be reached again, as likely as not.
  useWake(() => {
    if (problem.code === "clerk_unreachable" || problem.code === "clerk_timeout") onRetry();
  });
  return (
    <Notice>
      {problem.retryAfterMS > 0 ? (
        <Waiting problem={problem} next={next} onRetry={onRetry} />
      ) : (
        <ProblemNotice
          problem={{ ...problem, next, retry: false }}
          className="bg-transparent p-3"
          actions={
            <>
              <OperatorWay problem={problem} />
              {problem.retry ? <Button onClick={onRetry}>{t("users.retryNow")}</Button> : null}
            </>
          }
        />
      )}
    </Notice>
  );
}

/** Clerk said how long it wants to be left alone: it is asked again by itself after that. */
function Waiting({ problem, next, onRetry }: { problem: Problem; next: string; onRetry: () => void }) {
  const { retryAfterMS } = problem;
  const [failedAt] = useState(() => Date.now());
  const wait = Math.ceil(retryAfterMS / 1000);
  const left = Math.min(wait, secondsUntil(new Date(failedAt + retryAfterMS).toISOString(), useNow()));
  useEffect(() => {
    // What is left of it: the screen may have been away for a part.
    const timer = setTimeout(onRetry, Math.max(0, failedAt + retryAfterMS - Date.now()));
    return () => clearTimeout(timer);
  }, [failedAt, retryAfterMS, onRetry]);

  return (
    <div className="relative flex flex-wrap items-center gap-x-3 gap-y-2 overflow-hidden rounded-lg p-3">
      <Icon icon={Hourglass} className="text-warn" />
      <div className="min-w-50 flex-1">
        <p className="font-semibold">
          <span role="alert">{problem.message}</span> <span>{t("users.tryingAgain", { seconds: left })}</span>
        </p>
        <p className="text-ink-2">{next}</p>
      </div>
      <CopyDetails problem={problem} happened={failedAt} />
      <Button onClick={onRetry}>{t("users.retryNow")}</Button>
      <span
        aria-hidden
        style={{ width: `${(100 * left) / wait}%` }}
        className="absolute bottom-0 left-0 h-0.5 bg-accent transition-[width] duration-1000 ease-linear"
      />
    </div>
  );
}

/** Something that went wrong, at the foot of the table: it covers rows but moves none. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <div className="absolute inset-x-3.5 bottom-3.5 z-20 mx-auto max-w-175 rounded-lg bg-raised shadow-pop">
      {children}
    </div>
  );
}
