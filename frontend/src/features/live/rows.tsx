import { CircleHelp, Hourglass, Link2, type LucideIcon, VenetianMask } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type Impersonation, stateOf } from "@/backend/backend";
import { formatClock, formatCountdown, secondsUntil } from "@/text/format";
import { Avatar, initialsOf } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { Countdown } from "@/ui/Countdown";
import { cx } from "@/ui/cx";
import { Icon } from "@/ui/Icon";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { Tag } from "@/ui/Tag";
import { useNow } from "@/ui/useNow";
import { endOf, useEnd } from "@/workspace/impersonations";

const row = "shadow-[inset_0_-1px_var(--line)] outline-offset-[-2px]";

function nameOf(item: Impersonation): string {
  return item.userName || item.userEmail || item.userID;
}

/** An impersonation that runs, or ran until a moment ago. */
export function ActiveRow({ item }: { item: Impersonation }) {
  const { t } = useTranslation();
  const end = useEnd(item.id);
  const name = nameOf(item);
  const state = stateOf(item);
  const over = state === "ended" || state === "failed";
  return (
    <>
      <tr tabIndex={0} className={cx("h-13", row, over && "text-ink-3")}>
        <UserCell item={item} quiet={over} />
        <Cell
          upper={item.reason || <span className="text-ink-3">{t("live.noReason")}</span>}
          className="hidden font-medium @2xl:table-cell"
        />
        <BrowserCell item={item} />
        <StartedCell item={item} />
        {over ? <EndCells item={item} /> : <TimeCells item={item} name={name} />}
        <td className="px-2">
          <StateTag item={item} />
          <p className="text-12 text-ink-2">{t("you")}</p>
        </td>
        <td className="px-3.5 text-right">
          {over ? null : (
            <Button
              aria-label={t("live.endOf", { name })}
              disabled={end.isPending}
              onClick={() => end.mutate()}
            >
              {end.isPending ? t("live.ending") : t(state === "unknown" ? "live.findAndEnd" : "live.end")}
            </Button>
          )}
        </td>
      </tr>
      {end.error ? (
        <tr>
          {/* Never more columns than a narrow window shows. */}
          <td colSpan={4} className="p-2">
            <ProblemNotice key={end.submittedAt} problem={end.error.problem} onRetry={() => end.mutate()} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

/** One that ended today. */
export function EndedRow({ item }: { item: Impersonation }) {
  const { t } = useTranslation();
  return (
    <tr className={cx("h-11 text-ink-2", row)}>
      <UserCell item={item} quiet />
      <Cell upper={item.reason || t("live.noReason")} className="hidden @2xl:table-cell" />
      <BrowserCell item={item} />
      <StartedCell item={item} />
      <EndCells item={item} />
      <Cell upper={endingOf(t, item)} lower={t("you")} />
      <td aria-label={t("live.action")} />
    </tr>
  );
}

function UserCell({ item, quiet = false }: { item: Impersonation; quiet?: boolean }) {
  const name = nameOf(item);
  return (
    <th scope="row" className="py-1 pr-2 pl-3.5 text-left font-normal">
      <span className="flex items-center gap-2.75">
        <Avatar id={item.userID} initials={initialsOf(name)} />
        <span className="min-w-0">
          <bdi className={cx("block truncate font-semibold", quiet && "font-medium text-ink-2")}>{name}</bdi>
          <bdi className="block truncate text-12 text-ink-2">{item.userEmail || item.userID}</bdi>
        </span>
      </span>
    </th>
  );
}

function Cell({ upper, lower, className }: { upper: ReactNode; lower?: ReactNode; className?: string }) {
  return (
    <td className={cx("px-2", className)}>
      <bdi className="block truncate">{upper}</bdi>
      {lower ? <span className="block truncate text-12 text-ink-2">{lower}</span> : null}
    </td>
  );
}

function BrowserCell({ item }: { item: Impersonation }) {
  const { t } = useTranslation();
  const browser = item.browser === "" || item.browser === "default" ? t("live.defaultBrowser") : item.browser;
  return <Cell upper={browser} className="hidden @5xl:table-cell" />;
}

function StartedCell({ item }: { item: Impersonation }) {
  return (
    <Cell upper={formatClock(item.createdAt)} className="hidden text-ink-2 tabular-nums @3xl:table-cell" />
  );
}

/** How long it still goes on, and how long if nobody does anything in it. */
function TimeCells({ item, name }: { item: Impersonation; name: string }) {
  const { t } = useTranslation();
  const now = useNow();
  const state = stateOf(item);
  const until = endOf(item);
  const linkOnly = state === "pending" || state === "requested";
  return (
    <>
      <Cell
        upper={
          <span className="flex items-center gap-1.5">
            {linkOnly ? <Icon icon={Link2} className="size-3.5 text-ink-3" /> : null}
            {until ? <Countdown until={until} label={name} /> : "–"}
          </span>
        }
        lower={
          linkOnly
            ? t("live.toOpen")
            : state === "unknown"
              ? t("live.unknownEnd")
              : t("live.at", { time: formatClock(until) })
        }
      />
      <Cell
        className="hidden @4xl:table-cell"
        upper={
          item.idleEndsAt ? (
            <span className="font-semibold tabular-nums">
              {formatCountdown(secondsUntil(item.idleEndsAt, now))}
            </span>
          ) : (
            <span className="text-ink-3">–</span>
          )
        }
        lower={
          item.lastActiveAt
            ? t("live.seen", {
                ago: formatCountdown(Math.max(0, Math.floor((now - Date.parse(item.lastActiveAt)) / 1000))),
              })
            : t("live.notSignedIn")
        }
      />
    </>
  );
}

function EndCells({ item }: { item: Impersonation }) {
  const { t } = useTranslation();
  const minutes = Math.round((Date.parse(item.endedAt) - Date.parse(item.createdAt)) / 60_000);
  const used = item.ended !== "unused" && Number.isFinite(minutes);
  return (
    <>
      <Cell
        upper={t("live.endedByOperator")}
        lower={item.endedAt ? t("live.at", { time: formatClock(item.endedAt) }) : ""}
      />
      <Cell
        className="hidden @4xl:table-cell"
        upper={used ? t("minutes", { count: minutes }) : "–"}
        lower={t(used ? "live.inAll" : "live.notSignedIn")}
      />
    </>
  );
}

const tags: Record<string, { tone: "neutral" | "accent" | "warn"; icon: LucideIcon }> = {
  requested: { tone: "neutral", icon: Hourglass },
  pending: { tone: "neutral", icon: Hourglass },
  live: { tone: "accent", icon: VenetianMask },
  unknown: { tone: "warn", icon: CircleHelp },
};

function StateTag({ item }: { item: Impersonation }) {
  const { t } = useTranslation();
  const state = stateOf(item);
  const tag = tags[state];
  return tag && state !== "ended" ? (
    <Tag tone={tag.tone} icon={tag.icon}>
      {t(`live.${state}`)}
    </Tag>
  ) : (
    <span>{endingOf(t, item)}</span>
  );
}

function endingOf(t: ReturnType<typeof useTranslation>["t"], item: Impersonation): string {
  if (stateOf(item) === "failed") return t("live.failed");
  switch (item.ended) {
    case "time":
      return t("live.endedByTime");
    case "unused":
      return t("live.endedUnused");
    case "elsewhere":
      return t("live.endedElsewhere");
    default:
      return t("live.endedByOperator");
  }
}
