import { useQuery } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import { chainOf, type HistoryEntry } from "@/backend/backend";
import { holderQuery, verificationQuery } from "@/backend/queries";

/** Whether the record holds, and the entry with the first record that does not fit, if there is one. */
export function useChain() {
  const backend = useBackend();
  const verification = useQuery(verificationQuery(backend));
  const isBroken = verification.data !== undefined && chainOf(verification.data) === "broken";
  const holder = useQuery({ ...holderQuery(backend, verification.data?.line ?? 0), enabled: isBroken });
  const broken: HistoryEntry | undefined = isBroken ? holder.data : undefined;
  return { verification, broken };
}
