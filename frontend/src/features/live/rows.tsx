import {
  ChevronDown,
  ChevronRight,
  CircleHelp,
  ExternalLink,
  Hourglass,
  Link2,
  type LucideIcon,
  Siren,
  VenetianMask,
} from "lucide-react";
import { useId } from "react";
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
import { IconButton } from "@/ui/IconButton";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { Tag } from "@/ui/Tag";
import { endOf, isWaiting, useEnd, useOpening, wayToEnd } from "@/workspace/impersonations";
import { Reference } from "@/workspace/Reference";
import { useSpokenName } from "@/workspace/tellApart";
import { useWorkspace } from "@/workspace/workspace";
import { Below } from "./Below";
import { BrowserCell, Cell, IdleCell, ReasonCell, rowLook, UserCell, usePerson, Waiting } from "./cells";
import { Details } from "./Details";
import { DoneCell, ModeButton, ModeCell } from "./mode";
import { useWatched } from "./useWatched";

/** An impersonation that runs, or ran until a moment ago. */
export function ActiveRow({
  item,
  open,
  onToggle,
}: {
  item: Impersonation;
  open: boolean;
  onToggle: () => void;
}) {
  const { instance } = useWorkspace();
  const end = useEnd(item);
  const person = usePerson(item.userID, item.userName, item.userEmail);
  const spoken = useSpokenName(person);
  const viewOnly = useWatched(item.id, (backend, id) => backend.viewOnlyAgain(id));
  const state = stateOf(item);
  const over = state === "ended";
  const way = wayToEnd(item);
  const below = useId();
  const opens = !over && state !== "pending";
  const isOpen = opens && open;
  return (
    <>
      <tr
        id={rowID(item.id)}
        tabIndex={0}
        className={cx("h-13", isOpen ? "bg-sunken outline-offset-[-2px]" : rowLook, over && "text-ink-3")}
      >
        <UserCell
          person={person}
          quiet={over}
          lead={
            opens ? (
              <IconButton
                icon={isOpen ? ChevronDown : ChevronRight}
                label={t("live.detailsOf", { name: spoken })}
                aria-expanded={isOpen}
                aria-controls={below}
                className="absolute -left-6.5 size-6"
                onClick={onToggle}
              />
            ) : null
          }
        />
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
        {over ? <DoneCell item={item} /> : <ModeCell item={item} />}
        <BrowserCell id={item.browser} since={item.createdAt} />
        {over ? <EndCells item={item} /> : <TimeCells item={item} />}
        <td className="hidden px-2 @3xl:table-cell">
          <StateTag item={item} />
          {item.waiting.length > 0 ? (
            <Waiting item={item} />
          ) : (
            <p className="text-12 text-ink-2">{t("you")}</p>
          )}
        </td>
        <td className="px-3.5 py-1">
          {over ? null : (
            <span className="flex flex-wrap justify-end gap-x-2 gap-y-1">
              <ModeButton item={item} name={spoken} busy={viewOnly.isPending} onViewOnly={viewOnly.mutate} />
              <Button
                data-end
                aria-label={t(`ends.${way}.of`, { name: spoken })}
                disabled={end.isPending}
                onClick={() => end.mutate()}
              >
                {t(`ends.${way}.${end.isPending ? "acting" : "act"}`)}
              </Button>
            </span>
          )}
        </td>
      </tr>
      {isOpen ? (
        <Below id={below} className="flex flex-col gap-3.5 pb-3.5 pl-16.75">
          <Details item={item} />
        </Below>
      ) : null}
      {viewOnly.error ? (
        <Below>
          <ProblemNotice key={viewOnly.submittedAt} problem={viewOnly.error.problem} />
        </Below>
      ) : null}
      {item.problem && !over && !end.error ? (
        <Below>
          <ProblemNotice problem={problemFrom(item.problem)} compact />
        </Below>
      ) : null}
      {end.error ? (
        <Below>
          <ProblemNotice key={end.submittedAt} problem={end.error.problem} onRetry={() => end.mutate()} />
        </Below>
      ) : null}
    </>
  );
}

/** The id of the row of an impersonation in the document. */
export function rowID(id: string): string {
  return `live-${id}`;
}

/** An impersonation that ended today. */
export function EndedRow({ item }: { item: Impersonation }) {
  const person = usePerson(item.userID, item.userName, item.userEmail);
  return (
    <tr className={cx("h-11 text-ink-2", rowLook)}>
      <UserCell person={person} quiet />
      <ReasonCell upper={item.reason || t("live.noReason")} />
      <DoneCell item={item} />
      <BrowserCell id={item.browser} since={item.createdAt} />
      <EndCells item={item} />
      <Cell className="hidden @3xl:table-cell" upper={<StateTag item={item} />} lower={t("you")} />
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
        className="hidden @6xl:table-cell"
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
