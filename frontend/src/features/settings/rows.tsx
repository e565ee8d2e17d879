import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/backend/problem";
import { ProblemNotice } from "@/ui/ProblemNotice";

/** Settings that belong together, in a frame with a title. */
export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mb-5">
      <h3 className="mb-2 text-12 font-semibold">{title}</h3>
      <div className="divide-y divide-line rounded-lg border border-line px-3.5">{children}</div>
    </section>
  );
}

/** One setting: what it is, what it does, its control; below it, why it was not saved. */
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
  const { t } = useTranslation();
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
