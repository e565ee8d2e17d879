import type { UseQueryResult } from "@tanstack/react-query";
import { History as HistoryIcon, SearchX } from "lucide-react";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { useAction } from "@/actions/ActionProvider";
import { shortcutOf } from "@/actions/keys";
import type { HistoryEntry, Verification } from "@/backend/backend";
import { formatCount } from "@/text/format";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { SearchField } from "@/ui/SearchField";
import { useNow } from "@/ui/useNow";
import { useWorkspace } from "@/workspace/workspace";
import { AcceptHistory } from "./AcceptHistory";
import { Chain } from "./Chain";
import { EntryList } from "./EntryList";
import { EntryPanel } from "./EntryPanel";
import { ExportMenu } from "./ExportMenu";
import { breakIn, matches } from "./entries";
import { FilterBar } from "./FilterBar";
import { type Filters, passes } from "./filters";
import { useExport } from "./useExport";
import { useHead } from "./useHead";
import { useHistory } from "./useHistory";

/** What was done, and whether the record of it still holds. */
export function HistoryScreen() {
  const history = useHistory();
  useAction("refresh", history.readAgain);
  const notice = history.failed ? (
    <ProblemNotice
      key={history.failedAt}
      problem={history.failed.problem}
      onRetry={history.readAgain}
      className={history.entries ? "" : "m-auto w-100"}
    />
  ) : null;
  if (history.entries) {
    return (
      <Loaded
        entries={history.entries}
        reading={history.reading}
        verification={history.verification}
        notice={notice}
      />
    );
  }
  return (
    <section aria-label={t("history.title")} className="flex min-w-0 flex-1">
      {notice ?? (
        <p role="status" className="m-auto text-ink-3">
          {t("history.loading")}
        </p>
      )}
    </section>
  );
}

function Loaded({
  entries,
  reading,
  verification,
  notice,
}: {
  entries: readonly HistoryEntry[];
  reading: boolean;
  verification: UseQueryResult<Verification>;
  notice: ReactNode;
}) {
  const { navigate } = useWorkspace();
  const box = useRef<HTMLInputElement | null>(null);
  const [query, setQuery] = useState("");
  const [filters, setFilters] = useState<Filters>({});
  const today = useNow(60_000);
  const chain = verification.data;
  const broken = useMemo(() => breakIn(entries, chain), [entries, chain]);
  const [selected, setSelected] = useState(broken?.id);
  const head = useHead();
  const [accepting, setAccepting] = useState(false);
  useAction("search", () => box.current?.focus());

  // A break is gone to as soon as it is found.
  const [knownBreak, setKnownBreak] = useState(broken?.id);
  if (broken?.id !== knownBreak) {
    setKnownBreak(broken?.id);
    if (broken) setSelected(broken.id);
  }

  const shown = useMemo(
    () => entries.filter((entry) => passes(entry, filters, today) && matches(entry, query)),
    [entries, filters, today, query],
  );
  const narrowed = shown.length < entries.length;
  const exporting = useExport(narrowed ? shown : undefined);
  const index = shown.findIndex(({ id }) => id === selected);
  const entry: HistoryEntry | undefined = shown[index];
  const clear = () => {
    setQuery("");
    setFilters({});
  };
  const goToBreak = () => {
    clear();
    setSelected(broken?.id);
  };

  return (
    <section aria-label={t("history.title")} className="@container/history relative flex min-w-0 flex-1">
      <div className="@container/list flex min-w-0 flex-1 flex-col">
        <header className="flex shrink-0 flex-col gap-2.5 border-b border-line p-2.5 pl-3.5">
          <div className="flex items-center gap-2">
            <SearchField
              ref={(input) => {
                box.current = input;
              }}
              label={t("history.searchLabel")}
              placeholder={t("history.search")}
              shortcut={shortcutOf("search")}
              value={query}
              onChange={setQuery}
            />
            <ExportMenu
              records={chain?.records}
              shown={shown.length}
              all={entries.length}
              exporting={exporting}
            />
          </div>
          <div className="flex flex-wrap items-center gap-2">
            <FilterBar entries={entries} filters={filters} onChange={setFilters} />
            <p role="status" className="ml-auto text-12 text-ink-2">
              {reading
                ? t("history.older")
                : narrowed
                  ? t("history.countOf", {
                      shown: formatCount(shown.length),
                      all: formatCount(entries.length),
                    })
                  : t("history.count", { count: shown.length, shown: formatCount(shown.length) })}
            </p>
          </div>
          {notice}
          {exporting.problem ? <ProblemNotice key={exporting.attempts} problem={exporting.problem} /> : null}
          {chain ? (
            <Chain
              verification={chain}
              verifying={verification.isFetching}
              head={head}
              onVerify={() => {
                void verification.refetch();
                head.compare();
              }}
              onAccept={() => setAccepting(true)}
              onGoToBreak={broken ? goToBreak : undefined}
            />
          ) : null}
          {chain || verification.error ? null : (
            <p
              role="status"
              className="flex min-h-8.5 items-center rounded-md bg-sunken px-2.75 text-12 text-ink-2"
            >
              {t("history.verifying")}
            </p>
          )}
          {verification.error ? (
            <ProblemNotice
              key={verification.errorUpdatedAt}
              problem={verification.error.problem}
              onRetry={() => void verification.refetch()}
            />
          ) : null}
        </header>
        {entries.length === 0 ? (
          <EmptyState
            icon={HistoryIcon}
            title={t("history.emptyTitle")}
            actions={<Button onClick={() => navigate("users")}>{t("history.findUser")}</Button>}
          >
            {t("history.emptyAbout")}
          </EmptyState>
        ) : null}
        {entries.length > 0 && shown.length === 0 && !reading ? (
          <EmptyState
            icon={SearchX}
            title={
              query.trim() === ""
                ? t("history.noneTitle")
                : t("history.noMatchTitle", { query: query.trim() })
            }
            actions={
              <Button onClick={clear}>
                {t(query.trim() === "" ? "history.clearFilters" : "history.clearSearch")}
              </Button>
            }
          >
            {t("history.noMatchAbout")}
          </EmptyState>
        ) : null}
        {shown.length > 0 ? (
          <EntryList entries={shown} selected={entry?.id} broken={broken} onSelect={setSelected} />
        ) : null}
      </div>
      <AcceptHistory open={accepting} onDone={() => setAccepting(false)} />
      <aside
        data-pane
        aria-label={t("history.panel")}
        className={
          entry
            ? "absolute inset-y-0 right-0 z-30 w-87 max-w-full shrink-0 overflow-y-auto border-l border-line bg-surface shadow-pop @2xl/history:static @2xl/history:shadow-none"
            : "hidden w-87 shrink-0 border-l border-line @4xl/history:flex"
        }
      >
        {entry ? (
          <EntryPanel
            key={entry.id}
            entry={entry}
            verification={chain}
            head={head.comparison}
            onExport={() => exporting.start("json")}
            broken={entry.id === broken?.id}
            onPrevious={index > 0 ? () => setSelected(shown[index - 1]?.id) : undefined}
            onNext={index < shown.length - 1 ? () => setSelected(shown[index + 1]?.id) : undefined}
            onClose={() => setSelected(undefined)}
          />
        ) : (
          <p className="m-auto max-w-50 text-center text-12 text-ink-3">{t("history.pick")}</p>
        )}
      </aside>
    </section>
  );
}
