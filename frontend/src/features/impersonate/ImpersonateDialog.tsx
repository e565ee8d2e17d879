import { useQuery } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import type { UserRow } from "@/backend/users";
import { Dialog } from "@/ui/Dialog";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { Skeleton } from "@/ui/Skeleton";
import { rulesQuery } from "@/workspace/queries";
import { useSettings } from "@/workspace/settings";
import type { Given } from "@/workspace/workspace";
import { Form } from "./Form";
import { Title } from "./Who";

/** Asks why and for how long, then has Go create the actor token and open it. */
export function ImpersonateDialog({
  user,
  given,
  onClose,
}: {
  user: UserRow;
  /** Of an earlier one, to begin with. */
  given: Given;
  onClose: () => void;
}) {
  const backend = useBackend();
  const settings = useSettings();
  const rules = useQuery(rulesQuery(backend));
  if (settings.data && rules.data) {
    return <Form user={user} given={given} settings={settings.data} rules={rules.data} onClose={onClose} />;
  }
  const failed = settings.error ? settings : rules;
  return (
    // It opens while the settings are still read: keys must not land in the screen below.
    <Dialog open onClose={onClose}>
      <Title user={user} />
      {failed.error ? (
        <ProblemNotice
          problem={failed.error.problem}
          onRetry={() => void failed.refetch()}
          className="mt-3"
        />
      ) : (
        <Skeleton className="mt-4.5 h-24 rounded-md" />
      )}
    </Dialog>
  );
}
