import { ClockAlert, ShieldAlert, ShieldCheck, ShieldX } from "lucide-react";
import type { ReactNode } from "react";
import { chainOf, type HeadComparison, headOf, type Verification } from "@/backend/history";
import { formatClock, formatCount, formatDay } from "@/text/format";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { useNow } from "@/ui/useNow";
import type { Head } from "./useHead";

interface ChainProps {
  verification: Verification;
  verifying: boolean;
  head: Head;
  onVerify: () => void;
  onAccept: () => void;
  onGoToBreak: (() => void) | undefined;
}

/** Whether the audit log holds, and what is odd about its times. */
export function Chain(props: ChainProps) {
  const { clock } = props.verification;
  return (
    <>
      <Outcome {...props} />
      {clock ? (
        <div className="flex items-center gap-2.5 rounded-md bg-warn-bg px-2.75 py-2 text-12">
          <Icon icon={ClockAlert} className="text-warn" />
          <p role="status" className="min-w-40 flex-1">
            {clock}
          </p>
        </div>
      ) : null}
    </>
  );
}

/** Quiet if the audit log holds, an alert with its own sentence if not. */
function Outcome({ verification, verifying, head, onVerify, onAccept, onGoToBreak }: ChainProps) {
  const chain = chainOf(verification);
  const differs = head.comparison && headOf(head.comparison) === "differs" ? head.comparison : undefined;
  const again = (
    <Button
      variant={chain === "good" && !differs ? "ghost" : "secondary"}
      disabled={verifying}
      onClick={onVerify}
    >
      {t(verifying ? "history.verifying" : "history.verifyAgain")}
    </Button>
  );
  const anotherEnd = differs ? (
    <Bad
      icon={ShieldX}
      title={t("history.headMismatch")}
      about={differs.message || t("history.headMismatchAbout")}
    >
      <Button onClick={onAccept}>{t("history.accept")}</Button>
      {again}
    </Bad>
  ) : undefined;
  switch (chain) {
    case "good":
      return (
        anotherEnd ?? (
          <Good verification={verification} head={head}>
            {again}
          </Good>
        )
      );
    case "broken":
      return (
        <Bad
          icon={ShieldX}
          title={t("history.broken", { line: formatCount(verification.line) })}
          about={verification.message || t("history.brokenAbout", { line: formatCount(verification.line) })}
        >
          {onGoToBreak ? <Button onClick={onGoToBreak}>{t("history.goToBreak")}</Button> : null}
          {again}
        </Bad>
      );
    case "reports_differ":
      return (
        anotherEnd ?? (
          <Bad
            icon={ShieldX}
            title={t("history.reportsDiffer")}
            about={verification.message || t("history.reportsDifferAbout")}
          >
            {again}
          </Bad>
        )
      );
    case "torn":
      return (
        <Bad
          icon={ShieldAlert}
          warning
          title={t("history.torn")}
          about={verification.message || t("history.tornAbout")}
        >
          {again}
        </Bad>
      );
  }
}

function Good({
  verification,
  head,
  children,
}: {
  verification: Verification;
  head: Head;
  children: ReactNode;
}) {
  const now = useNow();
  return (
    <div className="flex min-h-8.5 flex-wrap items-center gap-2.5 rounded-md bg-ok-bg px-2.75 py-1 text-12">
      <Icon icon={ShieldCheck} className="text-ok" />
      <p role="status" className="min-w-40 flex-1">
        <b className="font-semibold">
          {verification.records === 0
            ? t("history.goodEmpty")
            : t("history.good", {
                count: verification.records,
                records: formatCount(verification.records),
              })}
        </b>
        {verification.since ? (
          <span className="text-ink-2">
            {" "}
            · {t("history.goodSince", { day: formatDay(verification.since, now) })}
          </span>
        ) : null}
      </p>
      {head.comparison && !remembersNothing(verification, head.comparison) ? (
        <span className="hidden text-ink-2 @2xl/list:inline">
          {t("history.checkedAt", { time: formatClock(verification.checkedAt) })}
        </span>
      ) : (
        <NotCompared head={head} />
      )}
      {children}
    </div>
  );
}

/** Whether there are records, and the keychain had none to compare them with. */
function remembersNothing(verification: Verification, comparison: HeadComparison): boolean {
  return headOf(comparison) === "none" && verification.records > 0;
}

/** The chain holds; whether its end is missing only the keychain can tell. */
function NotCompared({ head }: { head: Head }) {
  const why = head.comparison ? "history.headNothing" : "history.headNotCompared";
  return (
    <span className="flex items-center gap-2 text-ink-2">
      <span role="status" title={head.problem?.message}>
        {t(head.waiting ? "history.headWaiting" : why)}
      </span>
      <Button variant="link" size="inline" onClick={head.waiting ? head.cancel : head.compare}>
        {t(head.waiting ? "cancel" : "history.headCompare")}
      </Button>
    </span>
  );
}

function Bad({
  icon,
  title,
  about,
  warning = false,
  children,
}: {
  icon: typeof ShieldX;
  title: string;
  about: string;
  warning?: boolean;
  children: ReactNode;
}) {
  const tone = warning ? "text-warn" : "text-danger";
  return (
    <div className={`flex gap-2.5 rounded-md p-2.5 ${warning ? "bg-warn-bg" : "bg-danger-bg"}`}>
      <Icon icon={icon} className={`mt-0.25 ${tone}`} />
      <div role="alert" className="min-w-0 flex-1">
        <p className="font-semibold">{title}</p>
        <p className="text-ink-2">{about}</p>
      </div>
      <div className="flex shrink-0 items-start gap-2">{children}</div>
    </div>
  );
}
