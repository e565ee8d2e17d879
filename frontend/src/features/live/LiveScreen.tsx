import { useQuery } from "@tanstack/react-query";
import { CircleStop, Info, RefreshCw, VenetianMask } from "lucide-react";
import { useAction, useActionBus } from "@/actions/ActionProvider";
import { shortcutOf } from "@/actions/keys";
import { useBackend } from "@/backend/BackendProvider";
import { type Impersonation, isActive, modeOf } from "@/backend/impersonations";
import { problemFrom } from "@/backend/problem";
import { formatClock } from "@/text/format";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { useNow } from "@/ui/useNow";
import { userNameOf } from "@/workspace/impersonations";
import { liveQuery } from "@/workspace/queries";
import { useWorkspace } from "@/workspace/workspace";
import { Board } from "./Board";
import { StolenNotice } from "./StolenNotice";
import type { OpenedRow } from "./useOpenRows";

/** The board: impersonations that run now, soonest end first, and those that ended today. */
export function LiveScreen({ opened }: { opened: OpenedRow | undefined }) {
  const { navigate } = useWorkspace();
  const bus = useActionBus();
  const live = useQuery(liveQuery(useBackend()));
  const refresh = () => void live.refetch();
  useAction("refresh", refresh);

  const items = live.data?.items ?? [];
  const active = items.filter(isActive);
  const others = live.data?.others ?? [];
  const own = others.filter((other) => other.own);
  const [mine, theirs] = [active.length + own.length, others.length - own.length];
  const running = mine + theirs > 0;
  const ended = items
    .filter((item) => !isActive(item))
    .toSorted((a, b) => b.endedAt.localeCompare(a.endedAt));
  const last = ended[0];
  const problem = live.error?.problem ?? (live.data?.problem ? problemFrom(live.data.problem) : undefined);

  return (
    <section aria-labelledby="live-title" className="@container flex min-w-0 flex-1 flex-col">
      <header className="flex h-13 shrink-0 items-center gap-2.5 border-b border-line px-3.5">
        <h1 id="live-title" className="text-15 font-semibold">
          {t("live.title")}
        </h1>
        <p role="status" className="text-12 text-ink-2">
          {[
            mine > 0 ? t("live.yours", { count: mine }) : "",
            theirs > 0 ? t("live.colleagues", { count: theirs }) : "",
          ]
            .filter(Boolean)
            .join(", ")}
        </p>
        <span className="ml-auto flex items-center gap-2 text-12 text-ink-2">
          {live.data?.checkedAt && running ? (
            <Checked at={live.data.checkedAt} failed={problem !== undefined} />
          ) : null}
          <IconButton icon={RefreshCw} label={t("refresh")} busy={live.isFetching} onClick={refresh} />
          <Button icon={CircleStop} disabled={mine === 0} onClick={() => bus.dispatch("endAll")}>
            {t("live.endAll")}
          </Button>
        </span>
      </header>
      {problem ? (
        <ProblemNotice
          key={live.dataUpdatedAt + live.errorUpdatedAt}
          problem={problem}
          onRetry={refresh}
          byItself
          className="m-3.5 mb-0"
        />
      ) : null}
      {ended.map((item) => (item.ended === "stolen" ? <StolenNotice key={item.id} item={item} /> : null))}
      {live.data && !running ? (
        <EmptyState
          icon={VenetianMask}
          title={t("live.emptyTitle")}
          actions={
            <>
              <Button
                variant="primary"
                shortcut={shortcutOf("search")}
                onClick={() => bus.dispatch("search")}
              >
                {t("live.find")}
              </Button>
              <Button onClick={() => navigate("history")}>{t("live.openHistory")}</Button>
            </>
          }
          foot={last ? <Last item={last} /> : null}
        >
          {t("live.emptyAbout")}
        </EmptyState>
      ) : null}
      {running ? (
        <>
          {/* What is below a row is as wide as this, see Below. */}
          <div className="@container min-h-0 flex-1 overflow-auto">
            <Board active={active} others={others} ended={ended} opened={opened} />
          </div>
          <p className="flex min-h-9 shrink-0 items-center gap-2 border-t border-line px-3.5 py-1.5 text-12 text-ink-2">
            <Icon icon={Info} className="size-3.5 shrink-0" />
            <span>
              {active.some((item) => modeOf(item) !== undefined) ? `${t("live.guards")} ` : null}
              {t("live.note")}
            </span>
          </p>
        </>
      ) : null}
    </section>
  );
}

/** How fresh the board is; when Clerk could not be asked, since when it is only as last known. */
function Checked({ at, failed }: { at: string; failed: boolean }) {
  const seconds = Math.max(0, Math.floor((useNow() - Date.parse(at)) / 1000));
  return (
    <span className="hidden @xl:inline">
      {failed ? t("live.lastKnown", { time: formatClock(at) }) : t("live.checked", { seconds })}
    </span>
  );
}

function Last({ item }: { item: Impersonation }) {
  return (
    <>
      {t("live.last")} <bdi className="text-ink">{userNameOf(item)}</bdi>,{" "}
      <span className="text-ink">{t("live.lastAt", { time: formatClock(item.endedAt) })}</span>
    </>
  );
}
