import { events, type HistoryRecord } from "@/backend/history";
import { endingOf, type Mode } from "@/backend/impersonations";
import { formatCount, formatSeconds } from "@/text/format";
import { t } from "@/text/i18n";
import { cx } from "@/ui/cx";
import { Icon } from "@/ui/Icon";
import { modeLooks } from "@/workspace/modes";
import { useUserName } from "@/workspace/useUserName";

/** Lists the records of one entry, step by step. */
export function EntryRecords({
  records,
  instanceID,
  broken,
}: {
  records: readonly HistoryRecord[];
  instanceID: string;
  /** The number of the record that does not fit, if it is one of them. */
  broken: number | undefined;
}) {
  return (
    <ol className="space-y-1">
      {records.map((record, index) => (
        <li key={record.seq} className="grid grid-cols-[4rem_1fr_auto] text-12">
          <span className="text-ink-2">{formatSeconds(record.time)}</span>
          <span className="min-w-0 wrap-anywhere select-text">
            <Event record={record} mode={modeAt(records, index)} instanceID={instanceID} />
            <Detail record={record} />
          </span>
          <span className={`font-id ${record.seq === broken ? "text-danger" : "text-ink-3"}`}>
            {formatCount(record.seq)}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** The mode that a browser was in at that record, "" where nobody watches. */
function modeAt(records: readonly HistoryRecord[], index: number): string {
  return records.slice(0, index).findLast(({ event }) => event === "opened")?.mode ?? "";
}

/** An event that this version has no words for is told by its own name. */
function Event({ record, mode, instanceID }: { record: HistoryRecord; mode: string; instanceID: string }) {
  const byHand = record.code === "operator";
  const name = useUserName(record.operatorID, instanceID, byHand);
  const known = events.find((candidate) => candidate === record.event);
  if (known === "signed_in" && mode === "view_only") {
    return <InMode mode="view_only">{t("history.event.signed_in_view_only")}</InMode>;
  }
  if (known === "signed_in" && mode === "allow_changes") {
    return <InMode mode="allow_changes">{t("history.event.signed_in_allow_changes")}</InMode>;
  }
  if (known === "changes_allowed") return <InMode mode="allow_changes">{allowedFor(record)}</InMode>;
  if (known === "changes_over") return <InMode mode="view_only">{t("history.event.changes_over")}</InMode>;
  const event = known ? t(`history.event.${known}`) : record.event;
  const ending = endingOf(record.code);
  if (ending === "operator") {
    return <span>{name ? t("history.by.operator", { event, name }) : t("history.byHand", { event })}</span>;
  }
  if (ending) return <span>{t(`history.by.${ending}`)}</span>;
  return <span>{record.code ? `${event} (${record.code})` : event}</span>;
}

function InMode({ mode, children }: { mode: Mode; children: string }) {
  const { icon, ink } = modeLooks[mode];
  return (
    <span className="inline-flex items-baseline gap-1.5">
      <Icon icon={icon} className={cx("size-3.5 self-center", ink)} />
      {children}
    </span>
  );
}

function allowedFor({ time, until }: HistoryRecord): string {
  if (until === "") return t("history.event.changes_allowed");
  const minutes = Math.round((Date.parse(until) - Date.parse(time)) / 60_000);
  return t("history.event.changes_allowed_for", { minutes: formatCount(minutes) });
}

/** Why changes or a place were allowed, and which place. The reason of the request has its own part. */
function Detail({ record: { event, reason, path, host } }: { record: HistoryRecord }) {
  if (event === "requested") return null;
  const place = path || host;
  return (
    <>
      {place ? <bdi className="block font-id text-ink-2">{place}</bdi> : null}
      {reason ? <span className="block text-ink-2">{t("history.quoted", { reason })}</span> : null}
    </>
  );
}
