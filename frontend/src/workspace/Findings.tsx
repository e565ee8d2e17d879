import {
  Activity,
  CircleHelp,
  Gauge,
  type LucideIcon,
  ShieldAlert,
  ShieldX,
  VenetianMask,
} from "lucide-react";
import { type Effect, effectOf, type Finding } from "@/backend/impersonations";
import { t } from "@/text/i18n";
import { say } from "@/text/sentence";
import { Button } from "@/ui/Button";
import { Countdown } from "@/ui/Countdown";
import { cx } from "@/ui/cx";
import { Icon } from "@/ui/Icon";
import { useWorkspace } from "./workspace";

const warnings: Readonly<Record<string, LucideIcon>> = {
  colleague: VenetianMask,
  active: Activity,
  quota: Gauge,
};

const looks: Record<Effect, { row: string; icon: string }> = {
  refuse: { row: "bg-danger-bg", icon: "text-danger" },
  ask: { row: "bg-warn-bg", icon: "text-warn" },
  unchecked: { row: "bg-warn-bg", icon: "text-warn" },
  warn: { row: "", icon: "text-ink-2" },
};

function iconOf(effect: Effect, rule: string): LucideIcon {
  switch (effect) {
    case "refuse":
      return ShieldX;
    case "ask":
      return ShieldAlert;
    case "unchecked":
      return CircleHelp;
    case "warn":
      return warnings[rule] ?? CircleHelp;
  }
}

/**
 * Lists the findings before somebody is impersonated. A check that failed says so, with
 * a way to try again: it clears nobody.
 */
export function Findings({
  findings,
  retrying,
  onRetry,
}: {
  findings: Finding[];
  retrying: boolean;
  onRetry: () => void;
}) {
  if (findings.length === 0) return null;
  return (
    <>
      <ul
        aria-label={t("findings.title")}
        className="divide-y divide-line overflow-hidden rounded-lg border border-line"
      >
        {findings.map((finding) => (
          <Row
            key={`${finding.rule} ${say(finding.name)}`}
            finding={finding}
            retrying={retrying}
            onRetry={onRetry}
          />
        ))}
      </ul>
      {/* Not the list itself, whose countdowns change every second. */}
      <p role="status" className="sr-only">
        {findings.map(({ name }) => say(name)).join(". ")}
      </p>
    </>
  );
}

function Row({ finding, retrying, onRetry }: { finding: Finding; retrying: boolean; onRetry: () => void }) {
  const { signIn } = useWorkspace();
  const effect = effectOf(finding);
  const look = looks[effect];
  const name = say(finding.name);
  return (
    <li className={cx("flex items-start gap-2.5 px-3 py-2", look.row)}>
      <Icon icon={iconOf(effect, finding.rule)} className={cx("mt-0.25 shrink-0", look.icon)} />
      <p className="min-w-0 flex-1 wrap-anywhere">
        <b className="font-semibold">
          <bdi>{name}</bdi>
          {finding.until ? "" : "."}
        </b>{" "}
        {finding.until ? (
          <>
            (<Countdown until={finding.until} label={name} /> {t("findings.left")}).{" "}
          </>
        ) : null}
        {say(finding.sentence)}
      </p>
      {finding.rule === "sign_in" ? (
        <Button size="sm" onClick={signIn}>
          {t("operator.signIn")}
        </Button>
      ) : null}
      {effect === "unchecked" ? (
        <Button size="sm" disabled={retrying} onClick={onRetry}>
          {t(retrying ? "findings.retrying" : "findings.retry")}
        </Button>
      ) : null}
    </li>
  );
}
