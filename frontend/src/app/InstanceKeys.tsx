import { useQuery } from "@tanstack/react-query";
import { useAction, useIdleAction } from "@/actions/ActionProvider";
import { type Action, instanceActions } from "@/actions/keys";
import { useBackend } from "@/backend/BackendProvider";
import type { Instance } from "@/backend/instances";
import { t } from "@/text/i18n";
import { instancesQuery } from "@/workspace/queries";
import { useWorkspace } from "@/workspace/workspace";

/** Hears the keys that use an instance by its place in the list. */
export function InstanceKeys() {
  const { start } = useWorkspace();
  const instances = useQuery(instancesQuery(useBackend())).data ?? start.instances;
  return instanceActions.map((action, index) => {
    const instance = instances[index];
    return instance ? (
      <InstanceKey key={action} action={action} instance={instance} />
    ) : (
      <AbsentKey key={action} action={action} number={index + 1} />
    );
  });
}

function InstanceKey({ action, instance }: { action: Action; instance: Instance }) {
  const { switchTo } = useWorkspace();
  useAction(action, () => switchTo(instance));
  return null;
}

function AbsentKey({ action, number }: { action: Action; number: number }) {
  useIdleAction(action, t("instance.absent", { number: String(number) }));
  return null;
}
