import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { newestHistoryQuery, verificationQuery, wholeHistoryQuery } from "@/backend/queries";
import { joined } from "./entries";

/** The record: its newest entries at once, then all of them, and beside them whether it holds. */
export function useHistory() {
  const backend = useBackend();
  const newest = useQuery(newestHistoryQuery(backend));
  const whole = useQuery({ ...wholeHistoryQuery(backend), enabled: newest.data?.more === true });
  const verification = useQuery(verificationQuery(backend));
  const [newestEntries, wholeEntries] = [newest.data?.entries, whole.data?.entries];
  const entries = useMemo(
    () => newestEntries && joined(newestEntries, wholeEntries),
    [newestEntries, wholeEntries],
  );
  return {
    entries,
    verification,
    /** Older entries are still being read. */
    reading: newest.data?.more === true && whole.isPending,
    failed: newest.error ?? whole.error,
    failedAt: newest.errorUpdatedAt + whole.errorUpdatedAt,
    readAgain: () => {
      void newest.refetch();
      if (newest.data?.more) void whole.refetch();
    },
  };
}
