import { Info, Layers, Lock, type LucideIcon, Scale, SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { t } from "@/text/i18n";
import { cx } from "@/ui/cx";
import { Icon } from "@/ui/Icon";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { useSettings } from "@/workspace/settings";
import { AboutPage } from "./AboutPage";
import { GeneralPage } from "./GeneralPage";
import { InstancesPage } from "./InstancesPage";
import { LockPage } from "./LockPage";
import { RulesPage } from "./RulesPage";

const pages = ["general", "instances", "rules", "lock", "about"] as const;
type Page = (typeof pages)[number];

const icons: Record<Page, LucideIcon> = {
  general: SlidersHorizontal,
  instances: Layers,
  rules: Scale,
  lock: Lock,
  about: Info,
};

/** Preferences and instances. Each value is saved as it is changed. */
export function SettingsScreen() {
  const [page, setPage] = useState<Page>("general");
  const settings = useSettings();
  return (
    <section aria-label={t("settings.title")} className="@container/settings flex min-w-0 flex-1">
      <div className="flex w-14 shrink-0 flex-col border-r border-line @2xl/settings:w-47">
        <h1 className="flex h-13 items-center px-4.5 text-15 font-semibold @max-2xl/settings:sr-only">
          {t("settings.title")}
        </h1>
        <nav aria-label={t("settings.pages")} className="flex flex-col gap-px p-2.5 @2xl/settings:pt-1">
          {pages.map((name) => (
            <button
              key={name}
              type="button"
              aria-label={t(`settings.${name}`)}
              aria-current={name === page ? "page" : undefined}
              className={cx(
                "flex h-7 items-center gap-2.25 rounded-sm px-2",
                name === page ? "bg-sel-idle font-semibold" : "font-medium text-ink-2 hover:bg-hover",
              )}
              onClick={() => setPage(name)}
            >
              <Icon icon={icons[name]} />
              <span className="hidden @2xl/settings:block">{t(`settings.${name}`)}</span>
            </button>
          ))}
        </nav>
      </div>
      <div className="min-w-0 flex-1 overflow-y-auto px-4 py-4 @2xl/settings:px-10">
        <div className="max-w-175">
          <h2 className="text-20 font-bold tracking-[-0.01em]">{t(`settings.${page}`)}</h2>
          <p className="mt-1 mb-6 text-ink-2">{t(`settings.${page}About`)}</p>
          {settings.error ? (
            <ProblemNotice
              key={settings.errorUpdatedAt}
              problem={settings.error.problem}
              onRetry={() => void settings.refetch()}
            />
          ) : null}
          {page === "general" && settings.data ? <GeneralPage settings={settings.data} /> : null}
          {page === "rules" && settings.data ? <RulesPage settings={settings.data} /> : null}
          {page === "lock" && settings.data ? <LockPage settings={settings.data} /> : null}
          {page === "instances" ? <InstancesPage /> : null}
          {page === "about" ? <AboutPage /> : null}
        </div>
      </div>
    </section>
  );
}
