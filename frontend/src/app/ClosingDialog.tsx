import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { isActive } from "@/backend/impersonations";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Dialog, DialogTitle } from "@/ui/Dialog";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { liveQuery } from "@/workspace/queries";

/**
 * Asks, when the window is to close while something runs, whether that should
 * be ended. Closing the window once more closes it without an answer.
 * @param locked how many run while Understudy is locked: without the key they
 * cannot be ended, nor can Clerk be asked about them.
 */
export function ClosingDialog({ locked }: { locked?: number }) {
  const backend = useBackend();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  useEffect(() => backend.onClosing(() => setOpen(true)), [backend]);
  const live = useQuery({ ...liveQuery(backend), enabled: open && locked === undefined }).data;
  const count = locked ?? live?.items.filter(isActive).length ?? 0;

  const quit = useMutation({
    mutationFn: (endAll: boolean) => backend.quit(endAll),
    onSettled: () => queries.invalidateQueries(liveQuery(backend)),
  });
  const stay = useMutation({ mutationFn: () => backend.stayOpen() });
  const cancel = () => {
    setOpen(false);
    quit.reset();
    stay.mutate();
  };
  const failed = quit.data?.failed ?? 0;

  return (
    <Dialog
      open={open}
      onClose={cancel}
      foot={
        <>
          <Button className="mr-auto" onClick={cancel}>
            {t("cancel")}
          </Button>
          <Button disabled={quit.isPending} onClick={() => quit.mutate(false)}>
            {t("closing.keep")}
          </Button>
          {locked === undefined ? (
            <Button variant="danger" disabled={quit.isPending} onClick={() => quit.mutate(true)}>
              {t(quit.isPending && quit.variables ? "closing.ending" : "closing.end")}
            </Button>
          ) : null}
        </>
      }
    >
      <DialogTitle>{t("closing.title", { count })}</DialogTitle>
      <p className="mt-1.5 text-ink-2">{t(locked === undefined ? "closing.about" : "closing.locked")}</p>
      {failed > 0 ? (
        <p role="alert" className="mt-3 font-medium text-danger">
          {t("closing.failed", { count: failed })}
        </p>
      ) : null}
      {quit.error ? (
        <ProblemNotice key={quit.submittedAt} problem={quit.error.problem} className="mt-3" />
      ) : null}
    </Dialog>
  );
}
