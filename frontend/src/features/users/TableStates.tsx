import { useQuery } from "@tanstack/react-query";
import { EyeOff, SearchX, UsersRound } from "lucide-react";
import type { ReactNode } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { environmentOf } from "@/backend/instances";
import type { Problem } from "@/backend/problem";
import { formatClock } from "@/text/format";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { EnvironmentName, InstanceLetter } from "@/workspace/InstanceBadge";
import { ProblemWay } from "@/workspace/ProblemWay";
import { instancesQuery } from "@/workspace/queries";
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

/** Says in the place of the rows why there are none. */
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

/** Stands in place of users who are hidden, and says what the operator lacks and the way on. */
export function Hidden({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  return (
    <EmptyState
      icon={EyeOff}
      title={t("users.hiddenTitle")}
      actions={
        <>
          <ProblemWay problem={problem} />
          <Button onClick={onRetry}>{t("problem.retry")}</Button>
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
  stale,
  onRetry,
}: {
  problem: Problem;
  asOf: number;
  /** The rows are of another search or order. */
  stale: boolean;
  onRetry: () => void;
}) {
  const shown =
    asOf === 0 ? "" : stale ? t("users.shownBefore") : t("users.shownAsOf", { time: formatClock(asOf) });
  const isOff = problem.code === "clerk_unreachable" && !navigator.onLine;
  const next = [problem.next, isOff && t("users.whenOnline"), shown].filter(Boolean).join(" ");
  return (
    <Notice>
      <ProblemNotice
        problem={{ ...problem, next }}
        onRetry={onRetry}
        byItself
        className="rounded-lg border-0 bg-transparent p-3 pl-4"
      />
    </Notice>
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
