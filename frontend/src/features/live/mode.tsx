/** The mode of an impersonation on the board: its cell, and the button that changes it. */
import { useQuery } from "@tanstack/react-query";
import { Hand } from "lucide-react";
import { useBackend } from "@/backend/BackendProvider";
import { type Impersonation, modeOf, stateOf } from "@/backend/impersonations";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Countdown } from "@/ui/Countdown";
import { Icon } from "@/ui/Icon";
import { Tag } from "@/ui/Tag";
import { isWaiting } from "@/workspace/impersonations";
import { clockOf, modeLooks } from "@/workspace/modes";
import { rulesQuery } from "@/workspace/queries";
import { useWorkspace } from "@/workspace/workspace";
import { Cell } from "./cells";

/** Shows the mode and its time, with the count of changes. */
export function ModeCell({ item }: { item: Impersonation }) {
  const mode = modeOf(item);
  if (!mode) {
    // Until a browser is tried nobody knows whether it can be watched.
    return (
      <Cell upper={<span className="text-12 text-ink-2">{item.browser ? t("modes.unwatched") : "–"}</span>} />
    );
  }
  const { sent, heldBackAll } = item.watching;
  const { of, until } = clockOf(item);
  return (
    <td className="px-2">
      <Tag tone={modeLooks[mode].tone} icon={modeLooks[mode].icon}>
        {t(`modes.${mode}`)}
      </Tag>
      <p className="flex flex-wrap items-center gap-x-1 text-12 text-ink-2">
        {of === "changes" ? (
          <span>
            <Countdown until={until} className="base:text-warn" /> {t("live.changesLeft")}
          </span>
        ) : null}
        {of === "changes" && sent > 0 ? "·" : null}
        {mode === "view_only" && heldBackAll > 0 ? (
          <span className="flex items-center gap-1 font-medium text-ink">
            <Icon icon={Hand} className="size-3.5" />
            {t("modes.heldBack", { count: heldBackAll })}
          </span>
        ) : sent > 0 ? (
          <span>{t("live.sent", { count: sent })}</span>
        ) : null}
      </p>
    </td>
  );
}

/** Counts the changes of an impersonation that is over, as far as anybody knows. */
export function DoneCell({ item: { ended, watching } }: { item: Impersonation }) {
  const words =
    ended === "unused"
      ? "–"
      : !watching.watched
        ? t("modes.unwatched")
        : watching.sent > 0
          ? t("live.changed", { count: watching.sent })
          : t("live.changedNothing");
  return <Cell upper={<span className="text-12 text-ink-2">{words}</span>} />;
}

/** Asks for changes where they are held back, and holds them back at once where they are allowed. */
export function ModeButton({
  item,
  name,
  busy,
  onViewOnly,
}: {
  item: Impersonation;
  name: string;
  busy: boolean;
  onViewOnly: () => void;
}) {
  const { allow } = useWorkspace();
  const forbidden = useQuery(rulesQuery(useBackend())).data?.changes.allow === "never";
  const mode = modeOf(item);
  if (isWaiting(item) || stateOf(item) === "unknown" || !mode) return null;
  if (mode === "allow_changes") {
    return (
      <Button aria-label={t("live.viewOnlyAgainOf", { name })} disabled={busy} onClick={onViewOnly}>
        {t("live.viewOnlyAgain")}
      </Button>
    );
  }
  // The open row says that the rules forbid it.
  if (forbidden) return null;
  return (
    <Button
      aria-label={t("live.allow.changesOf", { name })}
      onClick={() => allow({ id: item.id, kind: "changes", place: { host: "", path: "" } })}
    >
      {t("live.allow.changes")}
    </Button>
  );
}
