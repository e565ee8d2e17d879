import { Globe2 } from "lucide-react";
import type { ReactNode } from "react";
import { environmentOf, type Instance } from "@/backend/instances";
import { t } from "@/text/i18n";
import { Icon } from "@/ui/Icon";
import { EnvironmentName } from "@/workspace/InstanceBadge";

/** The line at the foot of the window. An API address that was set from outside always stands in it. */
export function StatusBar({ apiURL, children }: { apiURL: string; children: ReactNode }) {
  return (
    <footer
      aria-label={t("status.label")}
      data-pane
      className="flex h-7 shrink-0 items-center gap-3 overflow-hidden border-t border-line bg-app text-12 whitespace-nowrap text-ink-2"
    >
      {children}
      {apiURL ? (
        <span title={apiURL} className="flex min-w-8 items-center gap-1.5 pr-3 text-warn">
          <Icon icon={Globe2} className="size-3.5" />
          <span className="truncate">{t("status.api", { url: apiURL })}</span>
        </span>
      ) : null}
    </footer>
  );
}

/** The environment, in its colour, at the start of the status bar. */
export function EnvironmentBlock({ instance }: { instance: Instance }) {
  return (
    <span
      data-env={environmentOf(instance)}
      className="caps flex h-full shrink-0 items-center gap-1.5 bg-env px-3 text-on-env"
    >
      <EnvironmentName instance={instance} withIcon />
    </span>
  );
}
