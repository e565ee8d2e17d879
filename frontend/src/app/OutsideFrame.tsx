import type { ReactNode } from "react";
import type { Instance, Start } from "@/backend/backend";
import { t } from "@/text/i18n";
import { later } from "@/ui/later";
import { EnvironmentBlock, StatusBar } from "./StatusBar";

const HelpSheet = later(() => import("./HelpSheet").then((part) => part.HelpSheet));

/** The window while nobody works in an instance yet. */
export function OutsideFrame({
  start,
  instance,
  children,
}: {
  start: Start;
  instance: Instance | undefined;
  children: ReactNode;
}) {
  return (
    <div className="flex h-full flex-col">
      {instance ? <div aria-hidden className="h-1 shrink-0 bg-env" /> : null}
      <main tabIndex={-1} className="flex min-h-0 flex-1 overflow-y-auto outline-none">
        {children}
      </main>
      <StatusBar apiURL={start.apiURL}>
        {instance ? (
          <EnvironmentBlock instance={instance} />
        ) : (
          <span className="pl-3">{t("status.notConnected")}</span>
        )}
        <span className="ml-auto pr-3 text-ink-3">{t("status.version", { version: start.version })}</span>
      </StatusBar>
      <HelpSheet />
    </div>
  );
}
