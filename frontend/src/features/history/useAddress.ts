import { useQuery } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import type { Failure } from "@/backend/problem";
import { addressQuery } from "./queries";

/** The outcome of a search by an address. */
export interface AddressSearch {
  /** The user who has it; "" where nobody has, undefined while Clerk is asked or if it is no address. */
  readonly userID: string | undefined;
  readonly isAddress: boolean;
  readonly error: Failure | null;
  /** How often it failed, to tell an error from one before that reads the same. */
  readonly failures: number;
  readonly again: () => void;
}

/** Asks Clerk who has an address. The history keeps ids only. */
export function useAddress(text: string): AddressSearch {
  const backend = useBackend();
  const address = text.trim().toLowerCase();
  const isAddress = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/u.test(address);
  const found = useQuery({ ...addressQuery(backend, address), enabled: isAddress });
  return {
    userID: isAddress ? found.data : undefined,
    isAddress,
    error: isAddress ? found.error : null,
    failures: found.errorUpdateCount,
    again: () => void found.refetch(),
  };
}
