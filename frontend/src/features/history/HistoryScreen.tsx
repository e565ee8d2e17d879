import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { History as HistoryIcon, SearchX } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "@/actions/ActionProvider";
import { shortcutOf } from "@/actions/keys";
import { useBackend } from "@/backend/BackendProvider";
import type { History, HistoryEntry } from "@/backend/backend";
import { historyQuery } from "@/backend/queries";
import { formatCount } from "@/text/format";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { SearchField } from "@/ui/SearchField";
import { useWorkspace } from "@/workspace/workspace";
import { Chain } from "./Chain";
import { EntryList } from "./EntryList";
import { EntryPanel } from "./EntryPanel";
import { breakIn, matches } from "./entries";

/** What was done, and whether the record of it still holds. */
export function HistoryScreen() {
  const { t } = useTranslation();
  const history = useQuery(historyQuery(useBackend()));
  useAction("refresh", () => void history.refetch());
  if (history.data) return <Loaded history={history.data} />;
  return (
    <section aria-label={t("history.title")} className="flex min-w-0 flex-1">
      {history.error ? (
        <ProblemNotice
          key={history.errorUpdatedAt}
          problem={history.error.problem}
          onRetry={() => void history.refetch()}
          className="m-auto w-100"
        />
      ) : (
        <p role="status" className="m-auto text-ink-3">
          {t("history.loading")}
        </p>
      )}
    </section>
  );
}

function Loaded({ history }: { history: History }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const queries = useQueryClient();
  const { navigate } = useWorkspace();
  const box = useRef<HTMLInputElement | null>(null);
  const [query, setQuery] = useState("");
  const broken = breakIn(history);
  const [selected, setSelected] = useState(broken?.id);
  useAction("search", () => box.current?.focus());

  const verify = useMutation({
    mutationFn: () => backend.verifyHistory(),
    onSuccess: (verification) =>
      queries.setQueryData(historyQuery(backend).queryKey, (known) => known && { ...known, verification }),
  });

  // A break found while the screen is open is gone to as well.
  const [knownBreak, setKnownBreak] = useState(broken?.id);
  if (broken?.id !== knownBreak) {
    setKnownBreak(broken?.id);
    if (broken) setSelected(broken.id);
  }

  const shown = history.entries.filter((entry) => matches(entry, query));
  const index = shown.findIndex(({ id }) => id === selected);
  const entry: HistoryEntry | undefined = shown[index];

  return (
    <section aria-label={t("history.title")} className="@container/history relative flex min-w-0 flex-1">
      <div className="@container/list flex min-w-0 flex-1 flex-col">
        <header className="flex shrink-0 flex-col gap-2.5 border-b border-line p-2.5 pl-3.5">
          <div className="flex items-center gap-3">
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
            <p role="status" className="text-12 text-ink-2">
              {query.trim() === ""
                ? t("history.count", { count: shown.length })
                : t("history.countOf", {
                    shown: formatCount(shown.length),
                    all: formatCount(history.entries.length),
                  })}
            </p>
          </div>
          <Chain
            verification={history.verification}
            verifying={verify.isPending}
            onVerify={() => verify.mutate()}
            onGoToBreak={broken ? () => setSelected(broken.id) : undefined}
          />
          {verify.error ? (
            <ProblemNotice
              key={verify.submittedAt}
              problem={verify.error.problem}
              onRetry={() => verify.mutate()}
            />
          ) : null}
        </header>
        {history.entries.length === 0 ? (
          <EmptyState
            icon={HistoryIcon}
            title={t("history.emptyTitle")}
            actions={<Button onClick={() => navigate("users")}>{t("history.findUser")}</Button>}
          >
            {t("history.emptyAbout")}
          </EmptyState>
        ) : null}
        {history.entries.length > 0 && shown.length === 0 ? (
          <EmptyState
            icon={SearchX}
            title={t("history.noMatchTitle", { query: query.trim() })}
            actions={<Button onClick={() => setQuery("")}>{t("history.clearSearch")}</Button>}
          >
            {t("history.noMatchAbout")}
          </EmptyState>
        ) : null}
        {shown.length > 0 ? (
          <EntryList entries={shown} selected={entry?.id} broken={broken} onSelect={setSelected} />
        ) : null}
      </div>
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
            verification={history.verification}
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
