import { useEffect } from "react";
import { everything, type HistoryEntry, resultOf } from "@/backend/history";
import { formatDay, shortenID } from "@/text/format";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { useNow } from "@/ui/useNow";
import { type HeldHistory, useHistory } from "@/workspace/useHistory";
import { useWorkspace } from "@/workspace/workspace";
import { moment } from "./dates";
import { Section } from "./PanelSections";

/** So many are looked for without being asked. */
const enough = 20;

/** Lists what was done as this user, from the history on this computer. */
export function Past({ userID }: { userID: string }) {
  const { instance, navigate } = useWorkspace();
  const history = useHistory({ ...everything, userID, instanceID: instance.id });
  const past = history.entries ?? [];
  useEffect(() => {
    if (past.length < enough) history.wantOlder();
  });
  const all = (
    <Button variant="link" size="inline" onClick={() => navigate("history", userID)}>
      {t("users.panel.allHistory")}
    </Button>
  );
  const isOver = history.entries !== undefined && !history.hasOlder;
  return (
    <Section title={t("users.panel.past")} aside={past.length > 0 ? all : null}>
      {history.failed ? (
        <ProblemNotice
          key={history.failedAt}
          problem={history.failed.problem}
          onRetry={history.readAgain}
          className="mb-2"
        />
      ) : null}
      {isOver && past.length === 0 ? <p className="text-12 text-ink-2">{t("users.panel.noPast")}</p> : null}
      <ul className="space-y-2">
        {past.map((entry) => (
          <PastEntry key={entry.id} entry={entry} />
        ))}
      </ul>
      {history.failed ? null : <Older history={history} />}
    </Section>
  );
}

function PastEntry({ entry }: { entry: HistoryEntry }) {
  const { operator } = useWorkspace();
  const now = useNow();
  const { reason, operatorID, time } = entry;
  return (
    <li>
      <p className="flex items-baseline gap-2 text-12">
        <bdi className="line-clamp-2 min-w-0 flex-1 break-words select-text">
          {reason === "" ? t("users.panel.noReason") : `“${reason}”`}
        </bdi>
        <span className="shrink-0 text-ink-2">{outcomeOf(entry)}</span>
      </p>
      <p className="text-11 text-ink-2">
        {operatorID === operator.id ? t("users.panel.byYou") : shortenID(operatorID)} · {moment(time, now)}
      </p>
    </li>
  );
}

/** How far the history was searched, and the way on. Without it a part would look like all. */
function Older({ history }: { history: HeldHistory }) {
  const { looking, stopped, reached, hasOlder } = history;
  const now = useNow(60_000);
  if (!hasOlder) return null;
  return (
    <p className="mt-2 flex items-baseline gap-2 text-12 text-ink-2">
      {looking ? <span role="status">{t("history.searching")}</span> : null}
      {reached === "" ? null : (
        <span aria-live="off">{t("history.searched", { day: formatDay(reached, now) })}</span>
      )}
      {looking ? (
        <Button variant="link" size="inline" onClick={history.stop}>
          {t("history.stop")}
        </Button>
      ) : (
        <Button variant="link" size="inline" onClick={history.goOn}>
          {t(stopped ? "history.goOn" : "users.panel.olderPast")}
        </Button>
      )}
    </p>
  );
}

/** How long somebody was signed in, or why nobody was, in the words of History. */
function outcomeOf(entry: HistoryEntry): string {
  const result = resultOf(entry);
  const { length } = entry;
  switch (result) {
    case "ended":
    case "timeUp":
    case "idle":
    case "elsewhere":
    case "window":
      return length > 0 ? t("minutes", { count: Math.ceil(length / 60) }) : "";
    default:
      return t(`history.${result}`);
  }
}
