import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useAction } from "@/actions/ActionProvider";
import { useBackend } from "@/backend/BackendProvider";
import type { Instance } from "@/backend/instances";
import { t } from "@/text/i18n";
import { Confirm } from "@/ui/Dialog";

/**
 * Locks when the operator wants to. If keys are lost with that, since the keychain
 * does not have them, it asks first.
 */
export function LockCommand() {
  const backend = useBackend();
  const [losing, setLosing] = useState<Instance[]>([]);
  const lock = useMutation({ mutationFn: () => backend.lock() });
  const ask = useMutation({
    mutationFn: () => backend.listInstances(),
    onSuccess: (instances) => {
      const inMemory = instances.filter((instance) => instance.inMemory);
      if (inMemory.length > 0) setLosing(inMemory);
      else lock.mutate();
    },
    onError: () => lock.mutate(),
  });
  useAction("lock", () => ask.mutate());
  return (
    <Confirm
      open={losing.length > 0}
      title={t("lock.losing", { count: losing.length })}
      no={t("cancel")}
      yes={t("lock.lock")}
      onNo={() => setLosing([])}
      onYes={() => lock.mutate()}
    >
      {t("lock.losingAbout", { names: losing.map(({ name }) => name) })}
    </Confirm>
  );
}
