import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { type Impersonation, stateOf } from "@/backend/backend";
import { changed } from "@/backend/changes";
import type { Problem } from "@/backend/problem";
import { browsersQuery } from "@/backend/queries";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { Select } from "@/ui/Select";
import { openingKey } from "@/workspace/impersonations";
import { EndButton } from "./EndButton";
import { TimeLeft } from "./Opened";
import { overWords, useFollowed } from "./useFollowed";

/** In the message: why no browser opened, and the ways on with the same token. */
export function NotOpened({
  created,
  browser,
  problem,
  onOpened,
  onOver,
}: {
  created: Impersonation;
  browser: string;
  problem: Problem;
  onOpened: () => void;
  onOver: () => void;
}) {
  const backend = useBackend();
  const queries = useQueryClient();
  const { item, over } = useFollowed(created, onOver);
  const browsers = useQuery(browsersQuery(backend)).data ?? [];
  const [chosen, setChosen] = useState(browser);
  const open = useMutation({
    mutationKey: openingKey(created.id),
    mutationFn: () => backend.openTicket(created.id, chosen),
    onSuccess: onOpened,
    onSettled: () => changed(queries, "opened", [created.userID]),
  });
  const copy = useMutation({
    mutationFn: () => backend.copyTicketLink(created.id),
    onSettled: () => changed(queries, "opened", [created.userID]),
  });

  const live = stateOf(item) === "live";
  const shown = copy.error?.problem ?? open.error?.problem ?? problem;
  // Why the rules refuse it now says what became of the link too.
  if (over) return <p>{item.ended === "refused" ? shown.message : t(overWords(item))}</p>;
  return (
    <>
      {live ? null : (
        <ProblemNotice
          key={`${shown.code} ${open.submittedAt} ${copy.submittedAt}`}
          problem={shown}
          compact
          className="my-2 -mr-7 text-ink"
        />
      )}
      <TimeLeft item={item} />
      {live || browsers.length < 2 ? null : (
        <Select
          label={t("impersonate.openIn")}
          options={browsers.map(({ id, name }) => ({ value: id, label: name }))}
          value={chosen}
          onChange={setChosen}
          className="mt-2 w-full"
        />
      )}
      {copy.isSuccess ? <p role="status">{t("impersonate.copied")}</p> : null}
      <div className="mt-2 flex flex-wrap gap-2">
        {live ? null : (
          <>
            <Button disabled={open.isPending} onClick={() => open.mutate()}>
              {t(open.isPending ? "impersonate.openingAgain" : "impersonate.again")}
            </Button>
            <Button disabled={copy.isPending} onClick={() => copy.mutate()}>
              {t("impersonate.copyLink")}
            </Button>
          </>
        )}
        <EndButton item={item} />
      </div>
    </>
  );
}
