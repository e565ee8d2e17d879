import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ClipboardPaste } from "lucide-react";
import { useRef } from "react";
import { useAction } from "@/actions/ActionProvider";
import { shortcutOf } from "@/actions/keys";
import { useBackend } from "@/backend/BackendProvider";
import type { Instance } from "@/backend/instances";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Dialog, DialogTitle } from "@/ui/Dialog";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { ProblemWayProvider } from "@/ui/problemWay";
import { useToast } from "@/ui/Toast";
import { instancesQuery } from "@/workspace/queries";
import { useWorkspace } from "@/workspace/workspace";

/** Takes another key of an instance from the clipboard. `instance` null: it is closed. */
export function ReplaceKey({ instance, onDone }: { instance: Instance | null; onDone: () => void }) {
  return (
    <Dialog open={instance !== null} onClose={onDone}>
      {/* A key that is refused here is not the one to replace. */}
      <ProblemWayProvider value={null}>
        {instance ? <Content instance={instance} onDone={onDone} /> : null}
      </ProblemWayProvider>
    </Dialog>
  );
}

function Content({ instance, onDone }: { instance: Instance; onDone: () => void }) {
  const backend = useBackend();
  const queries = useQueryClient();
  const toast = useToast();
  const { described } = useWorkspace();
  const running = useRef<AbortController>(null);
  const replace = useMutation({
    mutationFn: () => {
      running.current = new AbortController();
      return backend.replaceKey(instance.id, running.current.signal);
    },
    onSuccess: async (replaced) => {
      described([replaced]);
      onDone();
      toast.show({
        title: t("connect.replace.done", { name: replaced.name }),
        children: t("connect.replace.doneAbout", { old: instance.keyHint, key: replaced.keyHint }),
      });
      await queries.invalidateQueries(instancesQuery(backend));
    },
  });
  const paste = () => replace.mutate();
  useAction("paste", paste, !replace.isPending);
  return (
    <>
      <DialogTitle>{t("connect.replace.title", { name: instance.name })}</DialogTitle>
      <p className="mt-1.5 text-ink-2">{t("connect.replace.about")}</p>
      <dl className="mt-3.5 grid grid-cols-[7rem_1fr] gap-y-1 text-12">
        <dt className="text-ink-3">{t("connect.replace.inUse")}</dt>
        <dd className="font-id">{instance.keyHint}</dd>
        <dt className="text-ink-3">{t("settings.fingerprint")}</dt>
        <dd className="font-id">{instance.fingerprint}</dd>
      </dl>
      {replace.error && replace.error.problem.code !== "canceled" ? (
        <ProblemNotice key={replace.submittedAt} problem={replace.error.problem} className="mt-3.5" />
      ) : null}
      {replace.isPending ? (
        <p role="status" className="mt-3.5 font-medium">
          {t("connect.checking")}
        </p>
      ) : null}
      <div className="mt-4.5 flex justify-end gap-2">
        <Button
          onClick={() => {
            if (replace.isPending) running.current?.abort();
            else onDone();
          }}
        >
          {t("cancel")}
        </Button>
        <Button
          variant="primary"
          icon={ClipboardPaste}
          shortcut={shortcutOf("paste")}
          disabled={replace.isPending}
          onClick={paste}
        >
          {t("connect.replace.paste")}
        </Button>
      </div>
    </>
  );
}
