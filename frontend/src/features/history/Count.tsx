import { formatCount, formatDay } from "@/text/format";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { useNow } from "@/ui/useNow";
import type { HeldHistory } from "@/workspace/useHistory";

/** How many there are, as far as that is known, and how far was searched. */
export function Count({ history, narrowed }: { history: HeldHistory; narrowed: boolean }) {
  const { looking, stopped, reached, hasNewer } = history;
  const searches = stopped || (looking && reached !== "");
  return (
    <div className="ml-auto flex items-center gap-2 text-12 text-ink-2">
      <p role="status">{textOf(history, narrowed)}</p>
      {searches ? (
        <>
          <Searched reached={reached} />
          <Button variant="link" size="inline" onClick={looking ? history.stop : history.goOn}>
            {t(looking ? "history.stop" : "history.goOn")}
          </Button>
        </>
      ) : null}
      {hasNewer ? (
        <Button variant="link" size="inline" onClick={history.toNewest}>
          {t("history.toNewest")}
        </Button>
      ) : null}
    </div>
  );
}

function textOf({ entries, count, hasOlder, looking, reached }: HeldHistory, narrowed: boolean): string {
  const shown = formatCount(count);
  if (looking && (reached !== "" || !entries)) return t("history.searching");
  if (narrowed && (!hasOlder || reached !== "")) return t("history.found", { shown });
  return hasOlder ? t("history.countOlder", { shown }) : t("history.count", { count, shown });
}

/** It changes ten times a second, which nobody wants to have read out. */
function Searched({ reached }: { reached: string }) {
  const now = useNow(60_000);
  if (reached === "") return null;
  return <span aria-live="off">{t("history.searched", { day: formatDay(reached, now) })}</span>;
}
