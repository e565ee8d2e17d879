import { Tabs } from "@base-ui/react/tabs";
import { useMutation, useQuery } from "@tanstack/react-query";
import {
  AppWindow,
  Check,
  CloudCog,
  Folder,
  KeyRound,
  List,
  type LucideIcon,
  Monitor,
  Scale,
  ShieldCheck,
  TriangleAlert,
} from "lucide-react";
import { useRef } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { DiagnosticsPart } from "@/backend/diagnostics";
import { formatCount } from "@/text/format";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { Dialog, DialogTitle } from "@/ui/Dialog";
import { Icon } from "@/ui/Icon";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { useToast } from "@/ui/Toast";
import { diagnosticsQuery } from "./queries";

/** The parts that Go names, by their icons. */
const icons: Record<string, LucideIcon> = {
  Computer: Monitor,
  Keychain: KeyRound,
  Browsers: AppWindow,
  Folders: Folder,
  Policy: Scale,
  Clerk: CloudCog,
  Journal: List,
};

/** Shows everything that will be in the file before it is saved. */
export function DiagnosticsDialog({ onClose }: { onClose: () => void }) {
  const backend = useBackend();
  const toast = useToast();
  const report = useQuery(diagnosticsQuery(backend));
  const saveButton = useRef<HTMLButtonElement>(null);
  const save = useMutation({
    mutationFn: () => backend.saveDiagnostics(),
    onSuccess: (path) => {
      if (path === "") return;
      toast.show({
        title: t("diagnostics.saved"),
        children: <bdi className="wrap-anywhere select-text">{path}</bdi>,
      });
      onClose();
    },
  });
  const isThere = report.data !== undefined;
  const problem = report.error?.problem ?? save.error?.problem;
  return (
    <Dialog
      open
      onClose={onClose}
      widest
      initialFocus={saveButton}
      foot={
        <>
          <Icon icon={ShieldCheck} className="text-ink-2" />
          <p className="mr-auto text-12 text-ink-2">
            {t("diagnostics.without")}
            {report.data
              ? ` ${t("diagnostics.size", { size: formatCount(Math.ceil(report.data.bytes / 1000)) })}`
              : null}
          </p>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            ref={saveButton}
            variant="primary"
            shortcut="↵"
            aria-disabled={!isThere || save.isPending}
            onClick={() => (isThere && !save.isPending ? save.mutate() : undefined)}
          >
            {t("diagnostics.save")}
          </Button>
        </>
      }
    >
      <DialogTitle>{t("diagnostics.title")}</DialogTitle>
      <p className="mt-1 text-ink-2">{t("diagnostics.about")}</p>
      {problem ? (
        <ProblemNotice
          key={report.errorUpdatedAt + save.submittedAt}
          problem={problem}
          className="mt-4"
          onRetry={() => (report.error ? void report.refetch() : save.mutate())}
        />
      ) : null}
      {report.data ? <Report parts={report.data.parts} /> : null}
      {report.isPending ? (
        <p role="status" className="mt-4 text-ink-2">
          {t("diagnostics.looking")}
        </p>
      ) : null}
    </Dialog>
  );
}

/** The parts at the left, and the text of the chosen one at the right. */
function Report({ parts }: { parts: readonly DiagnosticsPart[] }) {
  const last = parts.at(-1)?.name;
  return (
    <Tabs.Root orientation="vertical" defaultValue={last} className="mt-4 flex min-h-0 flex-wrap gap-4">
      <Tabs.List aria-label={t("diagnostics.parts")} className="w-56 grow basis-56 border-t border-line">
        {parts.map((part) => (
          <Tabs.Tab
            key={part.name}
            value={part.name}
            className="flex w-full items-start gap-2.5 border-b border-line px-1 py-1.5 text-left -outline-offset-2 hover:bg-hover data-active:bg-sel"
          >
            <Icon icon={icons[part.name] ?? List} className="mt-0.5 text-ink-2" />
            <span className="min-w-0 grow">
              <span className="block font-semibold">{part.name}</span>
              <span className="line-clamp-2 text-12 wrap-anywhere text-ink-2">{part.detail}</span>
            </span>
            <State state={part.state} />
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {parts.map((part) => (
        <Tabs.Panel
          key={part.name}
          value={part.name}
          className="relative min-h-60 min-w-0 grow-2 basis-100 rounded-md border border-line bg-sunken p-3"
        >
          <h3 className="flex items-baseline justify-between text-12 font-semibold">
            {part.name}
            {part.name === "Journal" ? (
              <span className="font-normal text-ink-2">{t("diagnostics.newestFirst")}</span>
            ) : null}
          </h3>
          <pre
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that keys scroll what does not fit
            tabIndex={0}
            role="document"
            aria-label={part.name}
            className="absolute inset-3 top-9 overflow-auto font-mono text-11 select-text"
          >
            {part.text}
          </pre>
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  );
}

function State({ state }: { state: string }) {
  const isGood = state === "good";
  return (
    <span className={cx("mt-0.5", isGood ? "text-ok" : state === "warning" ? "text-warn" : "text-danger")}>
      <Icon icon={isGood ? Check : TriangleAlert} />
      <span className="sr-only">
        {t(isGood ? "diagnostics.good" : state === "warning" ? "diagnostics.warning" : "diagnostics.failed")}
      </span>
    </span>
  );
}
