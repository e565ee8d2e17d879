import { History as HistoryIcon, SearchX } from "lucide-react";
import { useRef, useState } from "react";
import { useAction } from "@/actions/ActionProvider";
import { shortcutOf } from "@/actions/keys";
import type { HistoryEntry } from "@/backend/history";
import { everything } from "@/backend/history";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { SearchField } from "@/ui/SearchField";
import { useNow } from "@/ui/useNow";
import { useRested } from "@/ui/useRested";
import { useHistory } from "@/workspace/useHistory";
import { useWorkspace } from "@/workspace/workspace";
import { AcceptHistory } from "./AcceptHistory";
import { Chain } from "./Chain";
import { Count } from "./Count";
import { EntryList } from "./EntryList";
import { EntryPanel } from "./EntryPanel";
import { ExportMenu } from "./ExportMenu";
import { FilterBar } from "./FilterBar";
import { type Filters, filterOf } from "./filters";
import { useAddress } from "./useAddress";
import { useChain } from "./useChain";
import { useExport } from "./useExport";
import { useHead } from "./useHead";

/** For so long nothing is typed until it is searched for, in milliseconds. */
const typingDelay = 120;

/** The history: the impersonations of the audit log, and whether that is whole. */
export function HistoryScreen({ userID }: { userID?: string | undefined }) {
  const { navigate, instance } = useWorkspace();
  const box = useRef<HTMLInputElement | null>(null);
  const [typed, setTyped] = useState("");
  const rested = useRested(typed, typingDelay) ?? "";
  const [filters, setFilters] = useState<Filters>(userID ? { userID, instanceID: instance.id } : {});
  const today = useNow(60_000);
  const query = typed === "" ? "" : rested;
  const address = useAddress(query);
  const filter = address.userID
    ? filterOf({ ...filters, userID: address.userID, instanceID: instance.id }, "", today)
    : filterOf(filters, query, today);
  const history = useHistory(filter ?? everything, true);
  const { verification, broken } = useChain(history.entries !== undefined);
  const [selected, setSelected] = useState<string>();
  const head = useHead();
  const exporting = useExport(filter);
  const [accepting, setAccepting] = useState(false);
  useAction("search", () => box.current?.focus());
  useAction("refresh", history.readAgain);

  // A break is gone to as soon as it is found, and where its record is not held the list begins there.
  const [knownBreak, setKnownBreak] = useState<string>();
  const [seeking, setSeeking] = useState(false);
  if (broken?.id !== knownBreak) {
    setKnownBreak(broken?.id);
    setSeeking(broken !== undefined);
    if (broken) setSelected(broken.id);
  }
  if (seeking && broken && history.entries && !history.looking) {
    setSeeking(false);
    if (!history.entries.some(({ id }) => id === broken.id)) setFilters({ upTo: broken.seqs[0] });
  }

  const notice = history.failed ? (
    <ProblemNotice
      key={history.failedAt}
      problem={history.failed.problem}
      onRetry={history.readAgain}
      className={history.entries || filter ? "" : "m-auto w-100"}
    />
  ) : null;
  if (!history.entries && !filter) {
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

  const chain = verification.data;
  const shown = history.entries ?? [];
  const index = shown.findIndex(({ id }) => id === selected);
  const entry: HistoryEntry | undefined = shown[index];
  const clear = () => {
    setTyped("");
    setFilters({});
  };
  const goToBreak = () => {
    clear();
    setSeeking(true);
    setSelected(broken?.id);
  };
  const isLookedUp = address.isAddress && address.userID === undefined && !address.error;
  const isOver = !isLookedUp && !history.looking && !history.stopped && !history.failed;

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
              value={typed}
              onChange={setTyped}
            />
            <ExportMenu records={chain?.records} narrowed={filter !== undefined} exporting={exporting} />
          </div>
          <div className="flex flex-wrap items-center gap-2">
            <FilterBar filters={filters} onChange={setFilters} />
            <Count history={history} narrowed={filter !== undefined} />
          </div>
          {notice}
          {address.error ? (
            <ProblemNotice
              key={address.failures}
              problem={address.error.problem}
              onRetry={address.again}
              byItself
            />
          ) : null}
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
        {shown.length === 0 && isOver && !filter ? (
          <EmptyState
            icon={HistoryIcon}
            title={t("history.emptyTitle")}
            actions={<Button onClick={() => navigate("users")}>{t("history.findUser")}</Button>}
          >
            {t("history.emptyAbout")}
          </EmptyState>
        ) : null}
        {shown.length === 0 && isOver && filter ? (
          <EmptyState
            icon={SearchX}
            title={
              filter.query === ""
                ? t("history.noneTitle")
                : t("history.noMatchTitle", { query: filter.query })
            }
            actions={
              <Button onClick={clear}>
                {t(filter.query === "" ? "history.clearFilters" : "history.clearSearch")}
              </Button>
            }
          >
            {t(address.userID === "" ? "history.noAddressAbout" : "history.noMatchAbout")}
          </EmptyState>
        ) : null}
        {shown.length > 0 ? (
          <EntryList
            key={JSON.stringify(filter)}
            history={history}
            entries={shown}
            selected={entry?.id}
            broken={broken}
            onSelect={setSelected}
          />
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
            onOnlyUser={() => setFilters({ userID: entry.userID, instanceID: entry.instanceID })}
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
