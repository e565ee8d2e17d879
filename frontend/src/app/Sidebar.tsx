import { useQuery } from "@tanstack/react-query";
import { History, type LucideIcon, Settings, Users, VenetianMask } from "lucide-react";
import type { ReactNode } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { isActive } from "@/backend/impersonations";
import { InstanceMenu } from "@/features/connect/InstanceMenu";
import { OperatorMenu } from "@/features/operator/OperatorMenu";
import { Views } from "@/features/users/Views";
import { formatCount } from "@/text/format";
import { t } from "@/text/i18n";
import { AfterFirstPaint } from "@/ui/AfterFirstPaint";
import { cx } from "@/ui/cx";
import { Icon } from "@/ui/Icon";
import { liveQuery, totalQuery } from "@/workspace/queries";
import { type Section, useWorkspace } from "@/workspace/workspace";

interface SidebarProps {
  section: Section;
  connected: boolean;
}

/** Where you are, which sections there are, who you are. A rail of icons in a narrow window. */
export function Sidebar(props: SidebarProps) {
  return (
    <aside
      aria-label={t("navigation.sidebar")}
      data-pane
      className="flex w-14 shrink-0 flex-col overflow-y-auto border-r border-line bg-app @4xl:w-53"
    >
      <AfterFirstPaint>
        <Contents {...props} />
      </AfterFirstPaint>
    </aside>
  );
}

function Contents({ section, connected }: SidebarProps) {
  const backend = useBackend();
  const total = useQuery({ ...totalQuery(backend), enabled: connected }).data;
  const live = useQuery({ ...liveQuery(backend), enabled: connected }).data;
  const liveCount = live ? live.items.filter(isActive).length + live.others.length : 0;

  return (
    <>
      <div className="p-2.5">
        <InstanceMenu />
      </div>
      <nav aria-label={t("navigation.label")} className="flex flex-col gap-px px-2.5">
        <Item icon={Users} to="users" section={section}>
          {total === undefined ? null : (
            <span className="text-11 font-normal text-ink-2 tabular-nums">{formatCount(total)}</span>
          )}
        </Item>
        <Item icon={VenetianMask} to="live" section={section}>
          {liveCount > 0 ? (
            <span className="rounded-full bg-sel px-1.5 text-11 font-semibold text-accent-ink">
              {liveCount}
            </span>
          ) : null}
        </Item>
        <Item icon={History} to="history" section={section} />
      </nav>
      {connected ? <Views /> : null}
      <div className="mt-auto flex flex-col items-center gap-2 border-t border-line p-2.5 @4xl:h-12.5 @4xl:flex-row @4xl:pl-4.5">
        <OperatorMenu />
        <span className="@4xl:ml-auto">
          <SettingsButton section={section} />
        </span>
      </div>
    </>
  );
}

function SettingsButton({ section }: { section: Section }) {
  const { navigate } = useWorkspace();
  return (
    <button
      type="button"
      aria-label={t("navigation.settings")}
      aria-current={section === "settings" ? "page" : undefined}
      className="flex size-7.5 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink aria-[current]:bg-sel-idle aria-[current]:text-ink"
      onClick={() => navigate("settings")}
    >
      <Icon icon={Settings} />
    </button>
  );
}

function Item({
  icon,
  to,
  section,
  children,
}: {
  icon: LucideIcon;
  to: Exclude<Section, "settings">;
  section: Section;
  children?: ReactNode;
}) {
  const { navigate } = useWorkspace();
  const current = to === section;
  return (
    <button
      type="button"
      aria-label={t(`navigation.${to}`)}
      aria-current={current ? "page" : undefined}
      className={cx(
        "flex h-7 items-center justify-center gap-2.25 rounded-sm px-2 @4xl:justify-start",
        current
          ? "bg-sel-idle font-semibold text-ink"
          : "font-medium text-ink-2 hover:bg-hover hover:text-ink",
      )}
      onClick={() => navigate(to)}
    >
      <Icon icon={icon} />
      <span className="hidden flex-1 text-left @4xl:block">{t(`navigation.${to}`)}</span>
      <span className="hidden @4xl:block">{children}</span>
    </button>
  );
}
