import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { type HistoryEntry, isReported, outcomeOf, type Report, type ReportRow } from "@/backend/history";
import { formatCount, formatSeconds } from "@/text/format";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { Tag } from "@/ui/Tag";
import { EntryPart } from "./EntryPart";
import { reportQuery } from "./queries";

/** The number of lines of a list that are shown at first. */
const fewest = 3;

/** Shows what was seen of one impersonation, once it is over and somebody may have been signed in. */
export function EntryReport({ entry }: { entry: HistoryEntry }) {
  const report = useQuery({ ...reportQuery(useBackend(), entry.id), enabled: isReported(entry) });
  if (outcomeOf(entry) === "not_watched") {
    return (
      <EntryPart title={t("history.report.title")}>
        <p className="text-12 text-ink-2">{t("history.report.none")}</p>
      </EntryPart>
    );
  }
  if (report.data) return <Lists report={report.data} sent={entry.sent} />;
  if (!isReported(entry)) return null;
  return (
    <EntryPart title={t("history.report.title")}>
      {report.error ? (
        <ProblemNotice
          key={report.errorUpdatedAt}
          problem={report.error.problem}
          onRetry={() => void report.refetch()}
        />
      ) : (
        <p role="status" className="text-12 text-ink-2">
          {t("history.report.reading")}
        </p>
      )}
    </EntryPart>
  );
}

function Lists({ report, sent }: { report: Report; sent: number }) {
  const { pages, heldBack, refused, files, uncounted } = report;
  const app = pages[0]?.host;
  const place = (row: ReportRow) => ({ method: row.method, name: placeOf(row, app) });
  return (
    <>
      {pages.length === 0 ? <EntryPart title={t("history.report.noPages")}>{null}</EntryPart> : null}
      <Lines
        title={t("history.report.pages", counted(pages.length))}
        side={t("history.report.visits")}
        lines={pages.map((row) => ({ ...place(row), side: formatCount(row.count) }))}
      />
      <Lines
        title={t("history.report.sent", counted(sent))}
        lines={report.sent.map((row) => ({
          ...place(row),
          status: row.status,
          side: row.count === 1 ? formatSeconds(row.first) : times(row),
        }))}
      />
      <Lines
        title={t("history.report.heldBack", counted(sum(heldBack)))}
        lines={heldBack.map((row) => ({ ...place(row), side: times(row) }))}
      />
      <Lines
        title={t("history.report.refused", counted(sum(refused)))}
        lines={refused.map((row) => ({ name: row.host, side: times(row) }))}
      />
      <Lines
        title={t("history.report.files", counted(sum(files)))}
        lines={files.map(({ path, bytes }) => ({
          name: path,
          side: t("history.report.size", { size: formatCount(Math.ceil(bytes / 1000)) }),
        }))}
      />
      {uncounted > 0 ? (
        <p className="py-3.5 text-12 text-ink-2">
          {t("history.report.uncounted", { shown: formatCount(uncounted) })}
        </p>
      ) : null}
    </>
  );
}

function counted(count: number) {
  return { count, shown: formatCount(count) };
}

/** The path alone where it is one of the app. */
function placeOf({ host, path }: ReportRow, app: string | undefined): string {
  return host === app ? path : host + path;
}

function sum(rows: readonly ReportRow[]): number {
  return rows.reduce((before, { count }) => before + count, 0);
}

function times({ count }: ReportRow): string {
  return t("history.report.times", counted(count));
}

function Status({ status }: { status: number }) {
  if (status === 0) return <Tag tone="warn">{t("history.report.noAnswer")}</Tag>;
  return (
    <Tag tone={status < 400 ? "ok" : "warn"}>
      <span className="sr-only">{t("history.report.status")} </span>
      {status}
    </Tag>
  );
}

interface Line {
  method?: string;
  name: string;
  /** Of the answer, 0 without one. */
  status?: number;
  side: string;
}

/** A list of a few lines, with the others in place on request. It is left out where it has none. */
function Lines({ title, side = "", lines }: { title: string; side?: string; lines: readonly Line[] }) {
  const [whole, setWhole] = useState(false);
  if (lines.length === 0) return null;
  const shown = whole ? lines : lines.slice(0, fewest);
  return (
    <EntryPart title={title} side={side}>
      <ul aria-label={title} className="text-12">
        {shown.map((line) => (
          <li key={JSON.stringify(line)} className="flex min-h-6 items-center gap-2">
            {line.method ? <span className="w-12 shrink-0 font-id font-semibold">{line.method}</span> : null}
            <bdi title={line.name} className="min-w-0 flex-1 truncate font-id select-text">
              {line.name}
            </bdi>
            {line.status === undefined ? null : <Status status={line.status} />}
            <span className="shrink-0 text-ink-2 tabular-nums">{line.side}</span>
          </li>
        ))}
      </ul>
      {shown.length < lines.length ? (
        <Button variant="link" size="inline" className="-ml-0.5" onClick={() => setWhole(true)}>
          {t("history.report.more", { shown: formatCount(lines.length - shown.length) })}
        </Button>
      ) : null}
    </EntryPart>
  );
}
