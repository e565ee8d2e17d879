import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import { effectOf } from "@/backend/impersonations";
import type { UserRow } from "@/backend/users";
import { t } from "@/text/i18n";
import { say } from "@/text/sentence";
import { preflightQuery, rulesQuery } from "@/workspace/queries";
import { refusalOf } from "./person";

/** For so long what was found counts where it is not looked at again, in milliseconds. */
const freshMS = 30_000;

/** Why somebody would be refused, in a sentence, as far as that is known without asking. */
export function useRefused(): (user: UserRow) => string | undefined {
  const backend = useBackend();
  const queries = useQueryClient();
  const rules = useQuery(rulesQuery(backend)).data;
  return (user) => {
    const refusal = refusalOf(user, rules);
    if (refusal) return t(`users.panel.refused.${refusal}`);
    const found = queries.getQueryState(preflightQuery(backend, user.id).queryKey);
    if (!found?.data || Date.now() - found.dataUpdatedAt > freshMS) return undefined;
    const against = found.data.find((finding) => effectOf(finding) === "refuse");
    return against && `${say(against.name)}. ${say(against.sentence)}`;
  };
}
