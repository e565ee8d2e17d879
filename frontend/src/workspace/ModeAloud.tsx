import { useState } from "react";
import { type Impersonation, modeOf } from "@/backend/impersonations";
import { secondsUntil } from "@/text/format";
import { t } from "@/text/i18n";
import { useNow } from "@/ui/useNow";
import { clockOf } from "./modes";

/** At most so often it is said how much was held back, in milliseconds. */
const everyMS = 10_000;

/**
 * Says aloud what changes in the browser of an impersonation, once for all places that
 * show it: the mode, its last minute, and how much was held back.
 */
export function ModeAloud({ item, name }: { item: Impersonation; name: string }) {
  return (
    <>
      <ModeChange item={item} name={name} />
      <HeldBack count={item.watching.heldBackAll} name={name} />
    </>
  );
}

function ModeChange({ item, name }: { item: Impersonation; name: string }) {
  const now = useNow();
  const mode = modeOf(item);
  const [known, setKnown] = useState({ mode, changed: false });
  // The first mode is no change: the dialog that began it said so.
  if (mode !== known.mode) setKnown({ mode, changed: known.mode !== undefined });
  const { of, until } = clockOf(item);
  const left = of === "changes" ? secondsUntil(until, now) : 0;
  return (
    <span role="status" className="sr-only">
      {left > 55 && left <= 60
        ? t("countdown.minute", { label: t("countdown.changes", { name }) })
        : known.changed && mode
          ? t(`modes.changed.${mode}`, { name })
          : null}
    </span>
  );
}

function HeldBack({ count, name }: { count: number; name: string }) {
  const now = useNow();
  const [said, setSaid] = useState({ count, at: 0 });
  if (count > said.count && now - said.at >= everyMS) setSaid({ count, at: now });
  return (
    <span role="status" className="sr-only">
      {said.at > 0 ? t("modes.heldBackOf", { count: said.count, name }) : null}
    </span>
  );
}
