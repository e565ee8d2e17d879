import { useQuery } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import { type Impersonation, isActive } from "@/backend/impersonations";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Countdown } from "@/ui/Countdown";
import { cx } from "@/ui/cx";
import { Icon } from "@/ui/Icon";
import { useWake } from "@/ui/useWake";
import { endOf, useEnd, userNameOf, wayToEnd } from "@/workspace/impersonations";
import { Lifetimes } from "@/workspace/Lifetimes";
import { ModeAloud } from "@/workspace/ModeAloud";
import { clockOf, markOf, useClockInWords } from "@/workspace/modes";
import { liveQuery } from "@/workspace/queries";
import { useSpokenName } from "@/workspace/tellApart";
import { useWorkspace } from "@/workspace/workspace";

/** So many fit beside the rest of the status bar; half of them in a narrow window, or zoomed. */
const [fitting, fittingNarrow] = [2, 1];

/** Shows live impersonations in every section, with their time and a way to end them. */
export function LiveBar() {
  const query = useQuery(liveQuery(useBackend()));
  useWake(() => void query.refetch());
  const live = query.data;
  const active = (live?.items ?? []).filter(isActive).toSorted((a, b) => endOf(a).localeCompare(endOf(b)));
  if (active.length === 0) return null;
  return (
    <section aria-label={t("bar.label")} className="ml-auto flex h-full shrink-0 @6xl:ml-0">
      <Lifetimes items={active} nameOf={userNameOf} />
      {active.map((item) => (
        <ModeAloud key={item.id} item={item} name={userNameOf(item)} />
      ))}
      {active.slice(0, fitting).map((item, index) => (
        <BarItem key={item.id} item={item} className={index < fittingNarrow ? "flex" : "hidden @3xl:flex"} />
      ))}
      <More count={active.length - fittingNarrow} className="flex @3xl:hidden" />
      <More count={active.length - fitting} className="hidden @3xl:flex" />
    </section>
  );
}

function More({ count, className }: { count: number; className: string }) {
  const { navigate } = useWorkspace();
  if (count <= 0) return null;
  return (
    <span className={cx("items-center border-l border-line px-2", className)}>
      <Button variant="link" size="inline" onClick={() => navigate("live")}>
        {t("bar.more", { count })}
      </Button>
    </span>
  );
}

function BarItem({ item, className }: { item: Impersonation; className: string }) {
  const name = userNameOf(item);
  const spoken = useSpokenName({ id: item.userID, name, email: item.userEmail });
  const end = useEnd(item);
  const { until } = clockOf(item);
  const mark = markOf(item);
  const time = useClockInWords(item, spoken);
  const way = wayToEnd(item);
  return (
    <span className={cx("items-center gap-2 border-l border-line px-2 text-ink @3xl:px-3", className)}>
      <Icon icon={mark.icon} className={cx("hidden size-3.5 @3xl:block", mark.ink)} />
      <bdi className="max-w-18 truncate @3xl:max-w-36">{name}</bdi>
      {until ? (
        <span role="timer" aria-label={time}>
          <Countdown until={until} />
        </span>
      ) : null}
      <Button
        size="sm"
        aria-label={t(`ends.${way}.of`, { name: spoken })}
        disabled={end.isPending}
        onClick={() => end.mutate()}
      >
        {t(`ends.${way}.${end.isPending ? "acting" : "act"}`)}
      </Button>
      {end.error ? (
        <span role="alert" className="text-danger">
          {t("bar.failed", { what: t(`ends.${way}.failed`, { name }), message: end.error.problem.message })}
        </span>
      ) : null}
    </span>
  );
}
