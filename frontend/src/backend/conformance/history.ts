import { everything } from "../history";
import { refused, type Step, signal } from "./step";

const page = { filter: everything, cursor: "", limit: 100 };

export const historySteps: readonly Step[] = [
  [
    "the history has both impersonations, newest first",
    async (backend, known) => {
      const { entries, next } = await backend.listHistory(page, signal);
      known.entry = entries.at(-1)?.id ?? "";
      known.record = entries.at(-1)?.seqs[0] ?? 0;
      return { results: entries.map(({ result, reason }) => ({ result, reason })), next };
    },
    {
      results: [
        { result: "unused", reason: "Invoices page is empty" },
        { result: "unused", reason: "Invoices page is empty" },
      ],
      next: "",
    },
  ],
  [
    "a page is as long as it was asked for",
    async (backend) => {
      const { entries, next } = await backend.listHistory({ ...page, limit: 1 }, signal);
      const rest = await backend.listHistory({ ...page, cursor: next, limit: 1 }, signal);
      return {
        entries: entries.length,
        rest: rest.entries.length,
        isOther: rest.entries[0]?.id !== entries[0]?.id,
      };
    },
    { entries: 1, rest: 1, isOther: true },
  ],
  [
    "words narrow the history",
    async (backend) => {
      const filter = { ...everything, query: "vat" };
      return (await backend.listHistory({ ...page, filter }, signal)).entries;
    },
    [],
  ],
  [
    "the history can be narrowed to the operator and the instance",
    async (backend, { operator, instance }) => {
      const { operators, instances } = await backend.historyChoices(signal);
      return {
        operators: operators.map((id) => id === operator),
        instances: instances.map((id) => id === instance),
      };
    },
    { operators: [true], instances: [true] },
  ],
  [
    "the entry of a record is found by its number",
    async (backend, { record, entry }) => (await backend.findRecord(record)).id === entry,
    true,
  ],
  [
    "a number beyond the end is of no record",
    (backend) => backend.findRecord(9_999),
    refused("impersonation_unknown"),
  ],
  [
    "an entry has its records, the request first",
    async (backend, { entry }) => {
      const { records } = await backend.listRecords(entry);
      return { first: records[0]?.event, isMore: records.length > 1 };
    },
    { first: "requested", isMore: true },
  ],
  [
    "an unknown entry has no records",
    (backend) => backend.listRecords("nobody"),
    refused("impersonation_unknown"),
  ],
  [
    "what nobody watched has no report",
    (backend, { entry }) => backend.getReport(entry),
    refused("report_none"),
  ],
  ["nor a summary for a ticket", (backend, { entry }) => backend.copySummary(entry), refused("report_none")],
  [
    "an unknown entry has no report",
    (backend) => backend.getReport("nobody"),
    refused("impersonation_unknown"),
  ],
  [
    "the chain of records holds",
    async (backend) => {
      const { state, line, message } = await backend.verifyHistory();
      return { state, line, message };
    },
    { state: "good", line: 0, message: "" },
  ],
  [
    "without a keychain no end is remembered",
    (backend) => backend.compareHead(signal),
    refused("keychain_absent"),
  ],
  [
    "the history is not accepted without a keychain",
    (backend) => backend.acceptHistory(signal),
    refused("keychain_absent"),
  ],
  [
    "an export tells where it was written",
    async (backend) => {
      const request = { format: "csv", narrowed: false, filter: everything };
      return (await backend.exportHistory(request, signal)) !== "";
    },
    true,
  ],
];
