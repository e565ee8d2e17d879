import { useMutation, useQuery } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { useBackend } from "@/backend/BackendProvider";
import { t } from "@/text/i18n";
import { Icon } from "@/ui/Icon";
import { rulesQuery } from "./queries";
import { useWorkspace } from "./workspace";

/**
 * The reference of a ticket, which opens in the browser where the rules say where it
 * leads. The rules of another instance are not known here.
 */
export function Reference({ reference, instanceID }: { reference: string; instanceID: string }) {
  const backend = useBackend();
  const { instance } = useWorkspace();
  const rules = useQuery({ ...rulesQuery(backend), enabled: instanceID === instance.id });
  const open = useMutation({ mutationFn: () => backend.openReference(reference) });
  const words = t("reference.ticket", { reference });
  if (instanceID !== instance.id || !rules.data?.reason.address) {
    return <bdi className="text-12 text-ink-2 select-text">{words}</bdi>;
  }
  return (
    <>
      <button
        type="button"
        className="inline-flex max-w-full items-center gap-1 rounded-sm text-12 text-accent-ink hover:underline"
        onClick={() => open.mutate()}
      >
        <bdi className="truncate">{words}</bdi>
        <Icon icon={ExternalLink} className="size-3" />
        <span className="sr-only">{t("reference.opens")}</span>
      </button>
      {open.error ? (
        <span role="alert" className="block text-11 text-danger">
          {open.error.problem.message}
        </span>
      ) : null}
    </>
  );
}
