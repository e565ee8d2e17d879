import { QueryClient } from "@tanstack/react-query";
import type { Failure } from "@/backend/problem";

declare module "@tanstack/react-query" {
  interface Register {
    defaultError: Failure;
  }
}

/**
 * Go is on this computer: there is no "offline" for it. It retries what may be
 * retried itself, so the window never does.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: "always",
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: false,
        staleTime: Number.POSITIVE_INFINITY,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}
