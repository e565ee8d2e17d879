import type { ReactNode } from "react";
import type { Instance, Start } from "@/backend/instances";
import { Diagnostics } from "@/features/diagnostics/Diagnostics";
import { t } from "@/text/i18n";
import { ToastProvider } from "@/ui/Toast";
import { HelpSheet } from "./HelpSheet";
import { EnvironmentBlock, StatusBar } from "./StatusBar";
import { ZoomKeys } from "./ZoomKeys";

/** The window while nobody works in an instance yet. */
export function OutsideFrame({
  start,
  instance,
  children,
}: {
  /** The answer of Go at the start, if there was one. */
  start: Omit<Start, "opened"> | undefined;
  instance: Instance | undefined;
  children: ReactNode;
}) {
  return (
    <ToastProvider>
      <div className="flex h-full flex-col">
        {instance ? <div aria-hidden className="h-1 shrink-0 bg-env" /> : null}
        <main tabIndex={-1} className="flex min-h-0 flex-1 overflow-y-auto outline-none">
          {children}
        </main>
        <StatusBar apiURL={start?.apiURL ?? ""}>
          {instance ? (
            <EnvironmentBlock instance={instance} />
          ) : (
            <span className="pl-3">{t("status.notConnected")}</span>
          )}
          {start ? (
            <span className="ml-auto pr-3 text-ink-3">{t("status.version", { version: start.version })}</span>
          ) : null}
        </StatusBar>
      </div>
      <ZoomKeys />
      <HelpSheet />
      <Diagnostics />
    </ToastProvider>
  );
}
