import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import type { Problem } from "@/backend/problem";
import { t } from "@/text/i18n";
import { Icon } from "@/ui/Icon";
import { ProblemNotice } from "@/ui/ProblemNotice";
import type { SavedState } from "./useSetting";

/** Settings that belong together, in a frame with a title. */
export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mb-5">
      <h3 className="mb-2 text-12 font-semibold">{title}</h3>
      <div className="divide-y divide-line rounded-lg border border-line px-3.5">{children}</div>
    </section>
  );
}

/** One setting: its name, its effect and its control; below it, why it was not saved. */
export function Row({
  title,
  about,
  problem,
  onRetry,
  children,
}: {
  title: ReactNode;
  about: ReactNode;
  problem?: Problem | undefined;
  onRetry?: () => void;
  children: ReactNode;
}) {
  return (
    <div className="py-2.5">
      <div className="flex min-h-8.5 flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-50 flex-1">
          <div className="text-13/4 font-semibold">{title}</div>
          <div className="mt-0.5 text-12 text-ink-2">{about}</div>
        </div>
        <div className="flex items-center gap-2">{children}</div>
      </div>
      {problem ? (
        <>
          <ProblemNotice problem={problem} className="mt-2" {...(onRetry ? { onRetry } : {})} />
          <p className="mt-1 text-11 text-ink-2">{t("settings.notSaved")}</p>
        </>
      ) : null}
    </div>
  );
}

/** A row about one preference. If it is managed, it has its value in words in place of the control. */
export function SettingRow({
  setting,
  title,
  about,
  words,
  children,
}: {
  setting: SavedState;
  title: string;
  about: string;
  words: ReactNode;
  children: ReactNode;
}) {
  return (
    <Row title={title} about={about} problem={setting.problem} onRetry={setting.retry}>
      {setting.managed ? <Managed>{words}</Managed> : children}
    </Row>
  );
}

/** A value as text, with a line that says whose it is. */
export function Managed({ children }: { children: ReactNode }) {
  return (
    <div className="flex max-w-80 flex-col items-end gap-0.5 text-right">
      <span className="font-semibold wrap-anywhere select-text">{children}</span>
      <span className="flex items-center gap-1.5 text-12 text-ink-2">
        <Icon icon={Lock} className="size-3.5" />
        {t("settings.managed")}
      </span>
    </div>
  );
}
