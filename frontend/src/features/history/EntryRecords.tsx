import { events, type HistoryRecord } from "@/backend/history";
import { endingOf } from "@/backend/impersonations";
import { formatCount, formatSeconds } from "@/text/format";
import { t } from "@/text/i18n";
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
      {records.map((record) => (
        <li key={record.seq} className="grid grid-cols-[4rem_1fr_auto] text-12">
          <span className="text-ink-2">{formatSeconds(record.time)}</span>
          <Event record={record} instanceID={instanceID} />
          <span className={`font-id ${record.seq === broken ? "text-danger" : "text-ink-3"}`}>
            {formatCount(record.seq)}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** An event that this version has no words for is told by its own name. */
function Event({ record, instanceID }: { record: HistoryRecord; instanceID: string }) {
  const byHand = record.code === "operator";
  const name = useUserName(record.operatorID, instanceID, byHand);
  const known = events.find((candidate) => candidate === record.event);
  const event = known ? t(`history.event.${known}`) : record.event;
  const ending = endingOf(record.code);
  if (ending === "operator") {
    return <span>{name ? t("history.by.operator", { event, name }) : t("history.byHand", { event })}</span>;
  }
  if (ending) return <span>{t(`history.by.${ending}`)}</span>;
  return <span>{record.code ? `${event} (${record.code})` : event}</span>;
}
