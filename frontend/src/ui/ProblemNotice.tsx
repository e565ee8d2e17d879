import { TriangleAlert } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { Problem } from "@/backend/problem";
import { secondsUntil } from "@/text/format";
import { t } from "@/text/i18n";
import { Button } from "./Button";
import { cx } from "./cx";
import { Icon } from "./Icon";
import { useNow } from "./useNow";

/**
 * A failure, where it happened: what is wrong, what to do, a way to try again
 * and one to hand the details on. The moment it is first shown counts as the
 * moment it happened, so give each new failure a `key` of its own.
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
  /** It is tried again after the wait without anybody asking; who asks need not wait for that. */
  byItself?: boolean;
  actions?: ReactNode;
  /** Where the button that tries again stands close by, and room is short. */
  compact?: boolean;
  className?: string;
}) {
  const [happened] = useState(() => Date.now());
  const wait = secondsUntil(new Date(happened + problem.retryAfterMS).toISOString(), useNow());
  const waiting = problem.retryAfterMS > 0 && wait > 0;

  return (
    <div className={cx("flex gap-2.5 rounded-md base:bg-warn-bg base:p-2.5", className)}>
      <Icon icon={TriangleAlert} className="mt-0.5 text-warn" />
      <div className="min-w-0 flex-1">
        <div role="alert">
          <p className="text-12 font-semibold">{problem.message}</p>
          {problem.next ? <p className="text-12 text-ink-2">{problem.next}</p> : null}
        </div>
        {problem.traceID ? (
          <p className="mt-0.5 text-11 text-ink-2">
            {t("problem.trace")} <span className="font-id select-text">{problem.traceID}</span>
          </p>
        ) : null}
        {waiting ? (
          <p className="mt-0.5 text-12 text-ink-2">
            {t(byItself ? "problem.byItself" : "problem.wait", { seconds: wait })}
          </p>
        ) : null}
        <div className={cx("flex flex-wrap items-center gap-2", compact ? "mt-0.5" : "mt-1.5")}>
          {actions}
          {onRetry && problem.retry ? (
            <Button onClick={onRetry} disabled={waiting && !byItself}>
              {t("problem.retry")}
            </Button>
          ) : null}
          <CopyDetails problem={problem} happened={happened} compact={compact} />
        </div>
      </div>
    </div>
  );
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
    ];
    await backend.copyText(details.filter(Boolean).join("\n"));
    setCopied(true);
  };

  return (
    <Button
      variant={compact ? "link" : "ghost"}
      size={compact ? "inline" : "md"}
      className={compact ? "" : "first:-ml-2.5"}
      onClick={() => void copy().catch(() => setCopied(false))}
    >
      {copied ? t("problem.copied") : t("problem.copy")}
    </Button>
  );
}
