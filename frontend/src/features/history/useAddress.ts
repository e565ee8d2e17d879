import { useQuery } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import type { Failure } from "@/backend/problem";

/** What a search by an address came to. */
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
  const found = useQuery({
    queryKey: ["history", "address", address],
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
    enabled: isAddress,
  });
  return {
    userID: isAddress ? found.data : undefined,
    isAddress,
    error: isAddress ? found.error : null,
    failures: found.errorUpdateCount,
    again: () => void found.refetch(),
  };
}
