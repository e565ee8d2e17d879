/** Invented reports of the sessions that were watched, and the calls that give them. */
import type { Calls } from "../calls";
import { type HistoryEntry, isReported, type Report, type ReportRow } from "../history";
import { failure } from "./failure";

/** The calls about reports, on the entries in memory. */
export function reportCalls(
  run: <T>(name: keyof Calls, args: unknown[], answer: () => T) => Promise<T>,
  history: HistoryEntry[],
): Pick<Calls, "getReport" | "copySummary"> {
  const reported = (id: string) => {
    const entry = history.find((candidate) => candidate.id === id);
    if (!entry) throw failure("impersonation_unknown");
    if (!isReported(entry)) throw failure("report_none");
    return entry;
  };
  return {
    getReport: (id) => run("getReport", [id], () => inventReport(reported(id))),
    copySummary: (id) =>
      run("copySummary", [id], () => {
        const { userID, sent } = reported(id);
        const changes = sent > 0 ? `sent ${sent} changes` : "changed nothing";
        return `Maya Lindqvist looked at ${userID}'s account. Looked at 6 pages, ${changes}, 3 held back.`;
      }),
  };
}

const pages: [path: string, count: number][] = [
  ["/", 1],
  ["/settings/approvals", 4],
  ["/organizations/:id/members", 2],
  ["/invoices", 1],
  ["/invoices/:id", 3],
  ["/settings", 1],
];

const changes: [method: string, path: string, status: number][] = [
  ["POST", "/api/invites/:id/resend", 200],
  ["DELETE", "/api/approvals/:id", 403],
];

function inventReport({ time, sent }: HistoryEntry): Report {
  const row = (part: Partial<ReportRow>, after: number): ReportRow => {
    const at = new Date(Date.parse(time) + after * 1000).toISOString();
    const counted = { method: "", path: "", status: 0, count: 1, bytes: 0, first: at, last: at };
    return { ...counted, host: "acme.example", ...part };
  };
  const isRich = sent > 1;
  return {
    pages: pages.map(([path, count], at) => row({ path, count }, 5 + at)),
    sent: changes.slice(0, sent).map(([method, path, status], at) => row({ method, path, status }, 80 + at)),
    heldBack: [
      row({ method: "PATCH", path: "/api/approvals/:id", count: 2 }, 30),
      row({ method: "POST", path: "/api/telemetry" }, 35),
    ],
    refused: isRich ? [row({ host: "live.acme.example", count: 3 }, 50)] : [],
    files: isRich ? [row({ host: "", path: "application/pdf", count: 2, bytes: 184_320 }, 60)] : [],
    uncounted: 0,
  };
}
