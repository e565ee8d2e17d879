import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import type { Searches } from "@/backend/users";
import { t } from "@/text/i18n";
import { useNow } from "@/ui/useNow";
import { useRested } from "@/ui/useRested";
import { organizationsQuery, searchesQuery } from "../queries";
import { type Suggestion, suggest, suggestOrganizations, typedOrganization } from "./suggest";
import { useRemember } from "./useRemember";

const none: Searches = { pinned: [], recent: [] };

/** How long typing must rest before organizations are looked for, in milliseconds. */
const debounce = 200;

export interface KeptSuggestions {
  readonly offered: readonly Suggestion[];
  /** The sentence about what did not load or save, "" if everything did. */
  readonly failed: string;
  /** Keeps a search for the next time. */
  readonly remember: (query: string) => void;
  /** Drops the searches that are not pinned. */
  readonly forget: () => void;
}

/** Offers suggestions while they are wanted, and keeps the searches among them. */
export function useSuggestions(text: string, wanted: boolean): KeptSuggestions {
  const backend = useBackend();
  const queries = useQueryClient();
  const kept = searchesQuery(backend);
  const searches = useQuery({ ...kept, enabled: wanted }).data ?? none;
  const now = useNow(60_000);
  const remember = useRemember();

  const forgetting = useMutation({
    mutationFn: () => backend.forgetSearches(),
    onSuccess: (changed) => queries.setQueryData(kept.queryKey, changed),
  });
  const typed = typedOrganization(text);
  const rested = useRested(typed, debounce);
  const organizations = useQuery({
    ...organizationsQuery(backend, rested ?? ""),
    enabled: typed !== undefined && rested !== undefined,
    placeholderData: keepPreviousData,
  });

  return {
    offered: !wanted
      ? []
      : typed === undefined
        ? suggest(text, searches, new Date(now))
        : suggestOrganizations(typed, organizations.data ?? []),
    failed:
      typed !== undefined && organizations.isError
        ? t("users.organizationsFailed")
        : text.trim() === "" && forgetting.isError
          ? t("users.forgetFailed")
          : "",
    remember,
    forget: () => forgetting.mutate(),
  };
}
