import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { t } from "@/text/i18n";
import { Confirm } from "@/ui/Dialog";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { changed } from "@/workspace/queries";

/** Asks before a record that lost its end is taken as it is. */
export function AcceptHistory({ open, onDone }: { open: boolean; onDone: () => void }) {
  const backend = useBackend();
  const queries = useQueryClient();
  const running = useRef<AbortController>(undefined);
  const accept = useMutation({
    mutationFn: () => {
      running.current = new AbortController();
      return backend.acceptHistory(running.current.signal);
    },
    onSuccess: onDone,
    // It may be on record even if the keychain did not take it.
    onSettled: () => changed(queries, "accepted", []),
  });
  const problem = accept.error?.problem.code === "canceled" ? undefined : accept.error?.problem;
  return (
    <Confirm
      open={open}
      title={t("history.acceptTitle")}
      no={t("history.acceptNo")}
      yes={t(accept.isPending ? "history.accepting" : "history.acceptYes")}
      onNo={() => {
        running.current?.abort();
        onDone();
      }}
      onYes={() => accept.mutate()}
    >
      {t("history.acceptAbout")}
      {problem ? <ProblemNotice key={accept.submittedAt} problem={problem} className="mt-3" /> : null}
    </Confirm>
  );
}
