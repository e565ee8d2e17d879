import {
  CircleHelp,
  ExternalLink,
  Hourglass,
  Link2,
  type LucideIcon,
  Siren,
  VenetianMask,
} from "lucide-react";
import {
  type Ending,
  endingOf,
  type Impersonation,
  type ImpersonationState,
  stateOf,
} from "@/backend/impersonations";
import { problemFrom } from "@/backend/problem";
import { formatClock } from "@/text/format";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Countdown } from "@/ui/Countdown";
import { cx } from "@/ui/cx";
import { Icon } from "@/ui/Icon";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { Tag } from "@/ui/Tag";
import { endOf, isWaiting, useEnd, useOpening, wayToEnd } from "@/workspace/impersonations";
import { Reference } from "@/workspace/Reference";
import { useSpokenName } from "@/workspace/tellApart";
import { useWorkspace } from "@/workspace/workspace";
import {
  BrowserCell,
  Cell,
  IdleCell,
  ReasonCell,
  rowLook,
  StartedCell,
  UserCell,
  usePerson,
  Waiting,
} from "./cells";

/** An impersonation that runs, or ran until a moment ago. */
export function ActiveRow({ item }: { item: Impersonation }) {
  const { instance } = useWorkspace();
  const end = useEnd(item);
  const person = usePerson(item.userID, item.userName, item.userEmail);
  const spoken = useSpokenName(person);
  const state = stateOf(item);
  const over = state === "ended";
  const way = wayToEnd(item);
  return (
    <>
      <tr tabIndex={0} className={cx("h-13", rowLook, over && "text-ink-3")}>
        <UserCell person={person} quiet={over} />
        <ReasonCell
          upper={
            item.reason ? (
              <span className="font-medium">{item.reason}</span>
            ) : (
              <span className="text-ink-3">{t("live.noReason")}</span>
            )
          }
          lower={item.reference ? <Reference reference={item.reference} instanceID={instance.id} /> : ""}
        />
        <BrowserCell id={item.browser} />
        <StartedCell at={item.createdAt} />
        {over ? <EndCells item={item} /> : <TimeCells item={item} />}
        <td className="px-2">
          <StateTag item={item} />
          {item.waiting.length > 0 ? (
            <Waiting item={item} />
          ) : (
            <p className="text-12 text-ink-2">{t("you")}</p>
          )}
        </td>
        <td className="px-3.5 text-right">
          {over ? null : (
            <Button
              aria-label={t(`ends.${way}.of`, { name: spoken })}
              disabled={end.isPending}
              onClick={() => end.mutate()}
            >
              {t(`ends.${way}.${end.isPending ? "acting" : "act"}`)}
            </Button>
          )}
        </td>
      </tr>
      {item.problem && !over && !end.error ? (
        <tr>
          <td colSpan={4} className="p-2">
            <ProblemNotice problem={problemFrom(item.problem)} compact />
          </td>
        </tr>
      ) : null}
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

/** An impersonation that ended today. */
export function EndedRow({ item }: { item: Impersonation }) {
  const person = usePerson(item.userID, item.userName, item.userEmail);
  return (
    <tr className={cx("h-11 text-ink-2", rowLook)}>
      <UserCell person={person} quiet />
      <ReasonCell upper={item.reason || t("live.noReason")} />
      <BrowserCell id={item.browser} />
      <StartedCell at={item.createdAt} />
      <EndCells item={item} />
      <Cell upper={<StateTag item={item} />} lower={t("you")} />
      <td aria-label={t("live.action")} />
    </tr>
  );
}

/** How long it still goes on, and how long if nobody does anything in it. */
function TimeCells({ item }: { item: Impersonation }) {
  const state = stateOf(item);
  const until = endOf(item);
  const linkOnly = isWaiting(item);
  return (
    <>
      <Cell
        upper={
          <span className="flex items-center gap-1.5">
            {linkOnly ? <Icon icon={Link2} className="size-3.5 text-ink-3" /> : null}
            {until ? <Countdown until={until} /> : "–"}
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
      <IdleCell endsAt={item.idleEndsAt} lastActiveAt={item.lastActiveAt} />
    </>
  );
}

function EndCells({ item }: { item: Impersonation }) {
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

const tags: Record<
  Exclude<ImpersonationState, "ended">,
  { tone: "neutral" | "accent" | "warn"; icon: LucideIcon }
> = {
  pending: { tone: "neutral", icon: Hourglass },
  live: { tone: "accent", icon: VenetianMask },
  unknown: { tone: "warn", icon: CircleHelp },
};

function StateTag({ item }: { item: Impersonation }) {
  const opening = useOpening(item.id);
  const state = stateOf(item);
  if (item.ended === "stolen") {
    return (
      <Tag tone="danger" icon={Siren}>
        {t("live.endedStolen")}
      </Tag>
    );
  }
  if (state === "live" && item.waiting.length > 0) {
    return (
      <Tag tone="accent" icon={VenetianMask}>
        {t("live.signedIn")}
      </Tag>
    );
  }
  if (opening && state === "pending") return <Tag icon={ExternalLink}>{t("live.opening")}</Tag>;
  if (state === "ended") return <span>{t(`live.${endings[endingOf(item.ended) ?? "operator"]}`)}</span>;
  return (
    <Tag tone={tags[state].tone} icon={tags[state].icon}>
      {t(`live.${state}`)}
    </Tag>
  );
}

const endings = {
  operator: "endedByOperator",
  time: "endedByTime",
  idle: "endedByIdling",
  elsewhere: "endedElsewhere",
  unused: "endedUnused",
  window: "endedByWindow",
  stolen: "endedStolen",
  refused: "endedRefused",
} as const satisfies Record<Ending, string>;
