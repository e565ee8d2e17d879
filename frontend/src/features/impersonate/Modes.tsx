import { Lock } from "lucide-react";
import { type ReactNode, useId } from "react";
import { type Mode, modes } from "@/backend/impersonations";
import type { Rules } from "@/backend/settings";
import { t } from "@/text/i18n";
import { cx } from "@/ui/cx";
import { Icon } from "@/ui/Icon";
import { modeLooks } from "@/workspace/modes";
import { ReasonBox } from "./Boxes";
import type { Reasons } from "./useReasons";
import type { Way } from "./ways";

/** A mode by its word. Any other word stands for the one in which changes are real. */
export function modeNamed(word: string): Mode {
  return modes.find((known) => known === word) ?? "allow_changes";
}

/** The mode in effect: the rules or the browser may leave no choice. */
export function inEffect(chosen: Mode, rules: Rules, way: Way | undefined): Mode {
  if (rules.changes.allow === "never") return "view_only";
  return way?.unheld ? "allow_changes" : chosen;
}

const chosenLooks: Record<Mode, string> = {
  view_only: "has-checked:border-accent has-checked:*:first:text-accent-ink",
  allow_changes: "has-checked:border-warn has-checked:*:first:text-warn",
};

/** Whether changes are sent: chosen, or as the rules or the browser have it, as text with a lock. */
export function Modes({
  rules,
  way,
  chosen,
  onChoose,
}: {
  rules: Rules;
  way: Way | undefined;
  chosen: Mode;
  onChoose: (mode: Mode) => void;
}) {
  if (rules.changes.allow === "never") {
    const isManaged = rules.managed.includes("changes.allow");
    return (
      <Fixed
        mode="view_only"
        about={t("impersonate.mode.view_onlyAbout")}
        why={t(isManaged ? "impersonate.mode.forbiddenManaged" : "impersonate.mode.forbidden")}
      />
    );
  }
  if (way?.unheld) {
    return <Fixed mode="allow_changes" about={t("impersonate.mode.unheldAbout")} why={whyUnheld(way)} />;
  }
  return <Choice chosen={chosen} onChoose={onChoose} />;
}

function whyUnheld({ unheld, name: browser }: Way): string {
  if (unheld === "copied") return t("impersonate.mode.unheld.copied");
  return t(unheld === "policy" ? "impersonate.mode.unheld.policy" : "impersonate.mode.unheld.kind", {
    browser,
  });
}

function Fixed({ mode, about, why }: { mode: Mode; about: ReactNode; why: ReactNode }) {
  const title = useId();
  return (
    <div role="group" aria-labelledby={title}>
      <div id={title} className="mb-1.5 text-12 font-semibold">
        {t("impersonate.mode.title")}
      </div>
      <div className="flex gap-2.5">
        <Icon icon={modeLooks[mode].icon} className={cx("mt-0.5 shrink-0", modeLooks[mode].ink)} />
        <div>
          <p>
            <b className="font-semibold">{t(`impersonate.mode.${mode}`)}.</b> {about}
          </p>
          <p className="mt-0.5 flex items-start gap-1.5 text-11 text-ink-2">
            <Icon icon={Lock} className="size-3.5 shrink-0" />
            {why}
          </p>
        </div>
      </div>
    </div>
  );
}

/** Native radio buttons: one Tab stop, arrows choose. */
function Choice({ chosen, onChoose }: { chosen: Mode; onChoose: (mode: Mode) => void }) {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-12 font-semibold">{t("impersonate.mode.title")}</legend>
      <div className="grid grid-cols-2 rounded-md border border-line bg-sunken @max-[29.9rem]:grid-cols-1">
        {modes.map((mode) => (
          <label
            key={mode}
            data-chosen={mode === chosen || undefined}
            className={cx(
              "relative -m-px flex flex-col gap-0.5 rounded-md border-2 border-transparent px-2.5 py-2 has-checked:bg-raised has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-ring",
              chosenLooks[mode],
            )}
          >
            <span className="flex items-center gap-2 font-semibold text-ink-2">
              <Icon icon={modeLooks[mode].icon} className="shrink-0" />
              {t(`impersonate.mode.${mode}`)}
            </span>
            <span className="text-12 text-ink-2">{t(`impersonate.mode.${mode}About`)}</span>
            <input
              type="radio"
              name={name}
              className="absolute inset-0 m-0 appearance-none outline-none"
              checked={mode === chosen}
              onChange={() => onChoose(mode)}
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Why something has to be changed, and how long changes are sent where Understudy can tell. */
export function ChangesBox({
  reasons,
  rules: { changes },
  way,
  minutes,
}: {
  reasons: Reasons;
  rules: Rules;
  way: Way | undefined;
  /** How long the session lasts. */
  minutes: number;
}) {
  const isShorter = changes.minutes > 0 && changes.minutes < minutes;
  const length = isShorter
    ? t("impersonate.changesFor", { count: changes.minutes })
    : t("impersonate.changesToEnd");
  return (
    <ReasonBox
      box="changes"
      reasons={reasons}
      label={t("impersonate.changes")}
      help={way?.unheld ? "" : length}
      required={changes.allow === "reason"}
      marked
    />
  );
}
