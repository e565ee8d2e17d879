import { useMutation, useQuery } from "@tanstack/react-query";
import {
  ChevronDown,
  ChevronUp,
  Copy,
  Download,
  ExternalLink,
  ListFilter,
  Siren,
  Unlink,
  VenetianMask,
  X,
} from "lucide-react";
import { useBackend } from "@/backend/BackendProvider";
import { type HeadComparison, type HistoryEntry, isReported, type Verification } from "@/backend/history";
import { formatCount, formatMoment } from "@/text/format";
import { t } from "@/text/i18n";
import { Avatar, initialsOf } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { Tag } from "@/ui/Tag";
import { userQuery } from "@/workspace/queries";
import { Reference } from "@/workspace/Reference";
import { useUserName } from "@/workspace/useUserName";
import { useWorkspace } from "@/workspace/workspace";
import { CopySummary } from "./CopySummary";
import { EntryChain } from "./EntryChain";
import { EntryPart } from "./EntryPart";
import { EntryRecords } from "./EntryRecords";
import { EntryReport } from "./EntryReport";
import { isAcceptance } from "./entries";
import { recordsQuery, reportQuery } from "./queries";

/** Everything on record about one impersonation. */
export function EntryPanel({
  entry,
  verification,
  head,
  broken,
  onOnlyUser,
  onExport,
  onPrevious,
  onNext,
  onClose,
}: {
  entry: HistoryEntry;
  /** Undefined until the chain was verified. */
  verification: Verification | undefined;
  /** Undefined until the keychain has answered. */
  head: HeadComparison | undefined;
  broken: boolean;
  /** Narrows the list to the user. */
  onOnlyUser: () => void;
  onExport: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
  onClose: () => void;
}) {
  const backend = useBackend();
  const { instance, navigate, impersonate } = useWorkspace();
  const name = useUserName(entry.userID, entry.instanceID, true);
  const records = useQuery(recordsQuery(backend, entry.id));
  const accepted = isAcceptance(entry);
  const remembered = records.data?.records[0]?.remembered ?? "";
  const here = entry.instanceID === instance.id && !accepted;
  const user = useQuery({ ...userQuery(backend, entry.userID), enabled: here });
  const copy = useMutation({ mutationFn: (text: string) => backend.copyText(text) });
  const row = user.data?.row;
  const report = useQuery({ ...reportQuery(backend, entry.id), enabled: isReported(entry) });

  return (
    <>
      <div className="border-b border-line p-4 pt-2.5">
        <div className="-mr-2 flex justify-end gap-0.5">
          <IconButton
            icon={ChevronUp}
            label={t("history.previous")}
            disabled={!onPrevious}
            onClick={onPrevious}
          />
          <IconButton icon={ChevronDown} label={t("history.next")} disabled={!onNext} onClick={onNext} />
          {accepted ? null : (
            <>
              {here ? (
                <>
                  <IconButton
                    icon={VenetianMask}
                    label={t("history.again")}
                    disabled={!row || row.self}
                    onClick={() => {
                      if (row) impersonate(row, { reason: entry.reason });
                    }}
                  />
                  <IconButton
                    icon={ExternalLink}
                    label={t("history.showUser")}
                    onClick={() => navigate("users", entry.userID)}
                  />
                </>
              ) : null}
              <IconButton icon={ListFilter} label={t("history.onlyUser")} onClick={onOnlyUser} />
              <IconButton icon={Copy} label={t("history.copyID")} onClick={() => copy.mutate(entry.userID)} />
            </>
          )}
          <IconButton icon={X} label={t("close")} onClick={onClose} />
        </div>
        {accepted ? (
          <h2 className="text-15 font-semibold">{t("history.itself")}</h2>
        ) : (
          <div className="flex items-center gap-3">
            <Avatar id={entry.userID} initials={initialsOf(name) || "?"} size="lg" />
            <div className="min-w-0 select-text">
              <h2 className="truncate text-15 font-semibold">
                {name ? <bdi>{name}</bdi> : <span className="font-id">{entry.userID}</span>}
              </h2>
              {name ? <p className="truncate font-id text-ink-2">{entry.userID}</p> : null}
              {user.error?.problem.code === "user_gone" ? (
                <p className="text-12 text-ink-2">{t("history.nameGone")}</p>
              ) : null}
            </div>
          </div>
        )}
        {isReported(entry) && !report.error ? <CopySummary id={entry.id} /> : null}
        {entry.result === "stolen" ? (
          <div role="note" className="mt-3 flex gap-2.5 rounded-md bg-danger-bg p-2.5">
            <Icon icon={Siren} className="mt-0.25 text-danger" />
            <p className="text-12">{t("history.stolenAbout")}</p>
          </div>
        ) : null}
        {broken && verification ? (
          <div role="note" className="mt-3 flex gap-2.5 rounded-md bg-danger-bg p-2.5">
            <Icon icon={Unlink} className="mt-0.25 text-danger" />
            <p className="text-12">{t("history.brokenAbout", { line: formatCount(verification.line) })}</p>
          </div>
        ) : null}
      </div>

      <div className="divide-y divide-line px-4">
        <EntryPart
          title={t("history.whatHappened")}
          side={entry.length > 0 ? t("minutes", { count: Math.max(1, Math.round(entry.length / 60)) }) : ""}
        >
          <EntryRecords
            records={records.data?.records ?? []}
            instanceID={entry.instanceID}
            broken={broken ? verification?.line : undefined}
          />
          {records.error ? (
            <ProblemNotice
              key={records.errorUpdatedAt}
              problem={records.error.problem}
              onRetry={() => void records.refetch()}
            />
          ) : null}
          <p className="mt-1 text-11 text-ink-3">{formatMoment(entry.time)}</p>
        </EntryPart>
        <EntryReport entry={entry} />
        <EntryPart title={t("history.why")}>
          <p className="wrap-anywhere select-text">
            {accepted && remembered ? (
              t("history.acceptedAbout", { record: formatCount(Number.parseInt(remembered, 10)) })
            ) : entry.reason ? (
              <bdi>{entry.reason}</bdi>
            ) : (
              <span className="text-ink-3">{t("history.noReason")}</span>
            )}
          </p>
          {entry.reference ? <Reference reference={entry.reference} instanceID={entry.instanceID} /> : null}
        </EntryPart>
        {entry.override ? (
          <EntryPart title={t("history.override")}>
            <p className="wrap-anywhere select-text">
              <bdi>{entry.override}</bdi>
            </p>
          </EntryPart>
        ) : null}
        <Operator entry={entry} />
        {records.data ? (
          <EntryChain records={records.data} all={verification?.records} head={head} onCopy={copy.mutate} />
        ) : null}
        {broken ? (
          <EntryPart title={t("history.whatToDo")}>
            <p className="mb-2.5 text-12 text-ink-2">{t("history.whatToDoAbout")}</p>
            <Button icon={Download} onClick={onExport}>
              {t("history.exportAll")}
            </Button>
          </EntryPart>
        ) : null}
      </div>
    </>
  );
}

function Operator({ entry }: { entry: HistoryEntry }) {
  const name = useUserName(entry.operatorID, entry.instanceID, true);
  return (
    <EntryPart title={t("history.who")}>
      <div className="flex items-center gap-2">
        <Avatar id={entry.operatorID} initials={initialsOf(name) || "?"} size="sm" />
        <span className="min-w-0 flex-1 truncate select-text">
          {name ? <bdi>{name}</bdi> : <span className="font-id">{entry.operatorID}</span>}
        </span>
        <Tag tone={entry.operatorVerified ? "ok" : "warn"}>
          {t(entry.operatorVerified ? "history.verified" : "history.unverified")}
        </Tag>
      </div>
      {entry.operatorVerified ? null : (
        <p className="mt-0.5 pl-7 text-11 text-ink-3">{t("history.whoUnverified")}</p>
      )}
    </EntryPart>
  );
}
