import { useQuery } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import { chainOf, type HistoryEntry } from "@/backend/history";
import { verificationQuery } from "@/workspace/queries";
import { holderQuery } from "./queries";

/**
 * Whether the audit log holds, and the entry with the first record that does not fit, if there is
 * one. It is asked once there are entries: to verify a long record takes a processor for seconds.
 */
export function useChain(enabled: boolean) {
  const backend = useBackend();
  const verification = useQuery({ ...verificationQuery(backend), enabled });
  const isBroken = verification.data !== undefined && chainOf(verification.data) === "broken";
  const holder = useQuery({ ...holderQuery(backend, verification.data?.line ?? 0), enabled: isBroken });
  const broken: HistoryEntry | undefined = isBroken ? holder.data : undefined;
  return { verification, broken };
}
