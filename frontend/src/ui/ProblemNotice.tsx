import { CreditCard, Hourglass, KeyRound, type LucideIcon, TriangleAlert, WifiOff } from "lucide-react";
import { type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { isOfAll, type Problem, passes } from "@/backend/problem";
import { formatCountdown, secondsUntil } from "@/text/format";
import { t } from "@/text/i18n";
import { Button } from "./Button";
import { cx } from "./cx";
import { Icon } from "./Icon";
import { useWayOn } from "./problemWay";
import { useNow } from "./useNow";
import { useWake } from "./useWake";

/** After so long something is tried again by itself where Clerk names no wait, in milliseconds. */
const again = 10_000;

const icons: Partial<Record<Problem["code"], LucideIcon>> = {
  clerk_busy: Hourglass,
  clerk_timeout: Hourglass,
  clerk_unreachable: WifiOff,
  impersonation_limit: CreditCard,
  key_refused: KeyRound,
  plan_lacks_impersonation: CreditCard,
};

/**
 * Shows a failure where it happened, with what to do, the way on and one to hand the
 * details on. The moment it is first shown counts as the moment it happened, so give each
 * new failure a `key` of its own. Its bar is amber for a failure that passes by itself,
 * and red where somebody must act.
 */
export function ProblemNotice({
  problem,
  onRetry,
  actions,
  byItself = false,
  compact = false,
  className,
}: {
  problem: Problem;
  onRetry?: () => void;
  /** For what only reads: it is tried again without anybody asking, and says when. */
  byItself?: boolean;
  actions?: ReactNode;
  /** Where the button that tries again stands close by, and room is short. */
  compact?: boolean;
  className?: string;
}) {
  const [happened] = useState(() => Date.now());
  const wayOn = useWayOn();
  const over = useOver(problem, byItself);
  const passing = passes(problem);
  const mayRetry = problem.retry && onRetry !== undefined;
  const wait = problem.retryAfterMS || (byItself && passing && mayRetry ? again : 0);
  const until = happened + wait;
  const left = Math.min(Math.ceil(wait / 1000), secondsUntil(new Date(until).toISOString(), useNow()));
  useRetries(problem, byItself && mayRetry && wait > 0 ? until : undefined, onRetry);
  if (over) return null;

  return (
    <div
      className={cx(
        "relative flex gap-2.5 overflow-hidden before:absolute before:inset-y-0 before:left-0 before:w-1 base:rounded-md base:border base:border-line-2 base:bg-surface base:p-2.5 base:pl-3.5",
        passing ? "before:bg-warn" : "before:bg-danger",
        className,
      )}
    >
      <Icon
        icon={icons[problem.code] ?? TriangleAlert}
        className={cx("mt-0.5", passing ? "text-warn" : "text-danger")}
      />
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3">
        <div role="alert" className="min-w-50 flex-1 text-12">
          <p className={cx("font-semibold", !compact && "text-13")}>{problem.message}</p>
          {problem.next ? <p className="text-ink-2">{problem.next}</p> : null}
        </div>
        <div className={cx("flex flex-wrap items-center gap-2", compact ? "mt-0.5" : "my-1")}>
          {actions}
          {wayOn?.(problem)}
          {mayRetry ? (
            <Button onClick={onRetry} className="tabular-nums">
              {left > 0 ? t("problem.retryIn", { time: formatCountdown(left) }) : t("problem.retry")}
            </Button>
          ) : null}
          <CopyDetails problem={problem} happened={happened} compact={compact} />
        </div>
      </div>
    </div>
  );
}

/** Calls at that moment, undefined for never, and when Clerk can be reached again, as likely as not. */
function useRetries({ code }: Problem, at: number | undefined, onRetry: (() => void) | undefined): void {
  const retry = useEffectEvent(() => onRetry?.());
  useEffect(() => {
    if (at === undefined) return;
    // Only the rest of the time is waited: the screen may have been away for a part.
    const timer = setTimeout(() => retry(), Math.max(0, at - Date.now()));
    return () => clearTimeout(timer);
  }, [at]);
  useWake(() => {
    if (at !== undefined && (code === "clerk_unreachable" || code === "clerk_timeout")) onRetry?.();
  });
}

/** Whether the reason is over. A request that is tried again by itself shows that by its success. */
function useOver(problem: Problem, byItself: boolean): boolean {
  const backend = useBackend();
  const [over, setOver] = useState(false);
  const clears = !byItself && isOfAll(problem);
  useEffect(() => (clears ? backend.onAnswered(() => setOver(true)) : undefined), [backend, clears]);
  return over;
}

/** Puts what support needs to know on the clipboard, through Go. */
export function CopyDetails({
  problem,
  happened,
  compact = false,
}: {
  problem: Problem;
  /** In milliseconds since 1970. */
  happened: number;
  compact?: boolean;
}) {
  const backend = useBackend();
  const [copied, setCopied] = useState(false);

  const copy = async () => {
    const version = await backend.start().then(
      (start) => start.version,
      () => t("problem.versionUnknown"),
    );
    const details = [
      problem.message,
      `code: ${problem.code}`,
      problem.request && `request: ${problem.request}`,
      problem.status && `status: ${problem.status}`,
      problem.traceID && `trace id: ${problem.traceID}`,
      `time: ${new Date(happened).toISOString()}`,
      `Understudy ${version}`,
      ...(problem.call ? await backend.journalOf(problem.call).catch(() => [t("problem.noJournal")]) : []),
    ];
    await backend.copyText(details.filter(Boolean).join("\n"));
    setCopied(true);
  };

  return (
    <Button
      variant="link"
      size={compact ? "inline" : "md"}
      className={compact ? "" : "-mx-1 first:-ml-2.5"}
      onClick={() => void copy().catch(() => setCopied(false))}
    >
      {copied ? t("problem.copied") : t("problem.copy")}
    </Button>
  );
}
