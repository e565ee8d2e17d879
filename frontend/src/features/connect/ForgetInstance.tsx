import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import type { Instance } from "@/backend/instances";
import { t } from "@/text/i18n";
import { Confirm } from "@/ui/Dialog";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { instancesQuery } from "@/workspace/queries";

/** Asks before an instance and its key are forgotten. `instance` null: nothing is asked. */
export function ForgetInstance({
  instance,
  onDone,
  onForgotten,
}: {
  instance: Instance | null;
  onDone: () => void;
  onForgotten: (id: string) => void;
}) {
  const backend = useBackend();
  const queries = useQueryClient();
  const forget = useMutation({
    mutationFn: (id: string) => backend.disconnect(id),
    onSuccess: async (_, id) => {
      onDone();
      await queries.invalidateQueries(instancesQuery(backend));
      onForgotten(id);
    },
  });
  return (
    <Confirm
      open={instance !== null}
      title={t("connect.forget.title", { name: instance?.name ?? "" })}
      no={t("connect.forget.no")}
      yes={t("connect.forget.yes")}
      onNo={() => {
        forget.reset();
        onDone();
      }}
      onYes={() => {
        if (instance) forget.mutate(instance.id);
      }}
    >
      {t("connect.forget.about")}
      {forget.error ? (
        <ProblemNotice key={forget.submittedAt} problem={forget.error.problem} className="mt-3" />
      ) : null}
    </Confirm>
  );
}
