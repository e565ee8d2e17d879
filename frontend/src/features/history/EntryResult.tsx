import { CircleHelp, Hourglass, type LucideIcon, ShieldAlert, Siren, VenetianMask } from "lucide-react";
import { type HistoryEntry, type Outcome, outcomeOf, type Result, resultOf } from "@/backend/history";
import { type Impersonation, modeOf } from "@/backend/impersonations";
import { formatCount } from "@/text/format";
import { t } from "@/text/i18n";
import { Tag } from "@/ui/Tag";
import { markOf } from "@/workspace/modes";

/** Tells the outcome, quiet; a tag while it goes on, where nobody knows, and for a stolen link. */
export function EntryResult({ entry, running }: { entry: HistoryEntry; running: Impersonation | undefined }) {
  const result = resultOf(entry);
  const outcome = outcomeOf(entry);
  if (result === "live" && running) {
    const { icon, tone } = markOf(running);
    const mode = modeOf(running);
    return (
      <Tag tone={tone} icon={icon}>
        {t("history.live")}
        {mode ? <span className="sr-only">, {t(`modes.${mode}`)}</span> : null}
      </Tag>
    );
  }
  const tag = outcome && outcome !== "unknown" && result !== "stolen" ? undefined : tags[result];
  if (tag) return <Tag {...tag}>{t(`history.${result}`)}</Tag>;
  if (outcome === undefined) return <span className="text-ink-2">{t(`history.${result}`)}</span>;
  return <span className="text-ink-2">{wordsOf(outcome, entry.sent)}</span>;
}

function wordsOf(outcome: Outcome, sent: number): string {
  return outcome === "changed"
    ? t("history.outcome.changed", { count: sent, sent: formatCount(sent) })
    : t(`history.outcome.${outcome}`);
}

const tags: Partial<Record<Result, { tone?: "accent" | "warn" | "danger"; icon: LucideIcon }>> = {
  accepted: { tone: "warn", icon: ShieldAlert },
  stolen: { tone: "danger", icon: Siren },
  live: { tone: "accent", icon: VenetianMask },
  pending: { icon: Hourglass },
  opened: { icon: Hourglass },
  requested: { icon: Hourglass },
  unknown: { tone: "warn", icon: CircleHelp },
};
