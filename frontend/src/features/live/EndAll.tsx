import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import { t } from "@/text/i18n";
import { Confirm } from "@/ui/Dialog";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { useToast } from "@/ui/Toast";
import { changed } from "@/workspace/queries";

/** Asks before everything of the operator's is ended. `count` 0: nothing is asked. */
export function EndAll({
  count,
  elsewhere,
  users,
  onDone,
}: {
  count: number;
  /** How many of them were started on other computers, or with other tools. */
  elsewhere: number;
  /** The ids of the users whose impersonations they are. */
  users: readonly string[];
  onDone: () => void;
}) {
  const backend = useBackend();
  const queries = useQueryClient();
  const toast = useToast();
  const end = useMutation({
    mutationFn: () => backend.endAll(),
    onSuccess: ({ ended, failed }) => {
      onDone();
      toast.show({
        title: t("live.endedAll", { count: ended }),
        stays: failed > 0,
        children: failed > 0 ? t("live.endedAllFailed", { count: failed }) : null,
      });
    },
    onSettled: () => changed(queries, "ended", users),
  });
  return (
    <Confirm
      open={count > 0}
      title={t("live.endAllTitle", { count })}
      no={t("live.endAllNo")}
      yes={end.isPending ? t("live.ending") : t("live.endAllYes")}
      onNo={onDone}
      onYes={() => end.mutate()}
    >
      {t("live.endAllAbout")}
      {elsewhere > 0 ? ` ${t("live.endAllElsewhere", { count: elsewhere })}` : null}
      {end.error ? (
        <ProblemNotice key={end.submittedAt} problem={end.error.problem} className="mt-3" />
      ) : null}
    </Confirm>
  );
}
