/** The queries of the history, beyond those of src/workspace. All are read anew when the audit log changes. */
import { queryOptions } from "@tanstack/react-query";
import type { Backend } from "@/backend/backend";
import { historyKey } from "@/workspace/queries";

/** The operators, instances and results that the history can be narrowed to. */
export function historyChoicesQuery(backend: Backend) {
  return queryOptions({
    queryKey: [...historyKey, "choices"],
    queryFn: ({ signal }) => backend.historyChoices(signal),
  });
}

/** The entry that holds the record of that number. */
export function holderQuery(backend: Backend, seq: number) {
  return queryOptions({ queryKey: [...historyKey, "holder", seq], queryFn: () => backend.findRecord(seq) });
}

/** The records of one entry. */
export function recordsQuery(backend: Backend, id: string) {
  return queryOptions({ queryKey: [...historyKey, "records", id], queryFn: () => backend.listRecords(id) });
}

/** The report of one entry, as it was when the session ended. */
export function reportQuery(backend: Backend, id: string) {
  return queryOptions({ queryKey: [...historyKey, "report", id], queryFn: () => backend.getReport(id) });
}

/** The id of the user who has an address, "" if nobody has. */
export function addressQuery(backend: Backend, address: string) {
  return queryOptions({
    queryKey: [...historyKey, "address", address],
    queryFn: async ({ signal }) => {
      const { rows } = await backend.listUsers(
        {
          view: { query: address, sort: "created_at", descending: true, pinnedAt: 0 },
          index: 0,
          afterID: "",
          beforeID: "",
          total: -1,
        },
        signal,
      );
      const [first, ...others] = rows;
      const [exact] = rows.filter(({ email }) => email.toLowerCase() === address);
      // Somebody alone has it as another address of theirs, if it is not a part of the first.
      const other = others.length === 0 && !first?.email.toLowerCase().includes(address) ? first : undefined;
      return (exact ?? other)?.id ?? "";
    },
  });
}
