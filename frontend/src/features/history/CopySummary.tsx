import { useMutation } from "@tanstack/react-query";
import { ClipboardCheck, ClipboardPaste } from "lucide-react";
import { useAction } from "@/actions/ActionProvider";
import { shortcutOf } from "@/actions/keys";
import { useBackend } from "@/backend/BackendProvider";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { useLasting } from "@/ui/useLasting";

/** For so long it is said that the summary was copied, in milliseconds. */
const told = 2_000;

/** Puts what was done, in a line of plain text, on the clipboard. */
export function CopySummary({ id }: { id: string }) {
  const backend = useBackend();
  const copy = useMutation({ mutationFn: () => backend.copySummary(id) });
  const isOver = useLasting(copy.isSuccess, told);
  const isTold = copy.isSuccess && !isOver;
  useAction("copySummary", copy.mutate);
  return (
    <>
      <Button
        variant="primary"
        className="mt-3.5 w-full"
        icon={isTold ? ClipboardCheck : ClipboardPaste}
        shortcut={shortcutOf("copySummary")}
        onClick={() => copy.mutate()}
      >
        <span aria-live="polite">{t(isTold ? "history.summaryCopied" : "history.copySummary")}</span>
      </Button>
      {copy.error ? (
        <ProblemNotice key={copy.submittedAt} problem={copy.error.problem} className="mt-2" />
      ) : null}
    </>
  );
}
