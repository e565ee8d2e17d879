import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { HistoryFilter } from "@/backend/history";
import { everything } from "@/backend/history";
import type { Problem } from "@/backend/problem";
import { t } from "@/text/i18n";
import { useToast } from "@/ui/Toast";

/** Verifies the audit log without the window. */
const verifyCommand = "understudy audit verify";

/** The whole chain, or a table with a line for each record or for each impersonation. */
type ExportFormat = "json" | "csv" | "impersonations";

export interface HistoryExport {
  start: (format: ExportFormat) => void;
  stop: () => void;
  copyCommand: () => void;
  busy: boolean;
  /** How much of it is written, 0 until the operator has said where to. */
  percent: number;
  /** Why the last one failed; one that was stopped did not. */
  problem: Problem | undefined;
  /** Changes with every try. */
  attempts: number;
  /** Whether a CSV is narrowed as the list is. */
  onlyMatching: boolean;
  setOnlyMatching: (only: boolean) => void;
}

/** Exports the history. The list is narrowed to what passes the filter; without one it is whole. */
export function useExport(filter: HistoryFilter | undefined): HistoryExport {
  const backend = useBackend();
  const toast = useToast();
  const running = useRef<AbortController>(undefined);
  const [onlyMatching, setOnlyMatching] = useState(true);
  const [percent, setPercent] = useState(0);
  const run = useMutation({
    mutationFn: (format: ExportFormat) => {
      running.current = new AbortController();
      setPercent(0);
      const narrowed = filter !== undefined && onlyMatching && format !== "json";
      return backend.exportHistory(
        { format, narrowed, filter: filter ?? everything },
        running.current.signal,
        setPercent,
      );
    },
    onSuccess: (path) => {
      if (path === "") return;
      toast.show({
        title: t("history.exported"),
        children: <bdi className="wrap-anywhere select-text">{path}</bdi>,
      });
    },
  });
  const copy = useMutation({
    mutationFn: () => backend.copyText(verifyCommand),
    onSuccess: () => toast.show({ title: t("history.commandCopied"), children: verifyCommand }),
  });
  const problem = run.error?.problem ?? copy.error?.problem;
  return {
    start: run.mutate,
    stop: () => running.current?.abort(),
    copyCommand: copy.mutate,
    busy: run.isPending,
    percent,
    problem: problem?.code === "canceled" ? undefined : problem,
    attempts: run.submittedAt + copy.submittedAt,
    onlyMatching,
    setOnlyMatching,
  };
}
