import { KeyRound, Lock } from "lucide-react";
import { useState } from "react";
import { environmentOf, type Instance, type Start } from "@/backend/instances";
import { formatCountdown } from "@/text/format";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { CancelButton } from "@/ui/CancelButton";
import { EmptyState } from "@/ui/EmptyState";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { ProblemWayProvider } from "@/ui/problemWay";
import { useNow } from "@/ui/useNow";
import type { ConnectionFlow } from "./useConnection";

/** The keychain is quick unless it asks for a password: until then nothing is said. */
const quietSeconds = 3;
/** Go gives up after this. */
const limitSeconds = 120;

/** In place of the users, while the key of a connected instance is fetched or could not be. */
export function OpeningPane({
  start,
  instance,
  flow,
  onPaste,
}: {
  start: Start;
  instance: Instance;
  flow: ConnectionFlow;
  onPaste: () => void;
}) {
  if (flow.failed) return <NotOpened instance={instance} flow={flow} onPaste={onPaste} />;
  return <Waiting start={start} instance={instance} onCancel={flow.cancel} />;
}

function Waiting({ start, instance, onCancel }: { start: Start; instance: Instance; onCancel: () => void }) {
  const now = useNow();
  const [since] = useState(now);
  const elapsed = Math.min(limitSeconds, Math.floor((now - since) / 1000));
  const environment = t(`environment.${environmentOf(instance)}`);
  if (elapsed < quietSeconds) {
    return (
      <p role="status" className="m-auto text-ink-3">
        {t("connect.wait.opening", { name: instance.name })}
      </p>
    );
  }
  return (
    <div className="m-auto flex flex-col items-center p-4">
      <EmptyState icon={Lock} title={t("connect.wait.title")} actions={<CancelButton onCancel={onCancel} />}>
        <p role="status">{t("connect.wait.about")}</p>
        <progress
          aria-label={t("connect.wait.title")}
          value={elapsed}
          max={limitSeconds}
          className="mt-3.5 h-0.75 w-59 appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
        />
        <p className="text-12 text-ink-3">
          {t("connect.wait.elapsed", { elapsed: formatCountdown(elapsed) })}
        </p>
      </EmptyState>
      <dl className="grid w-101 max-w-full grid-cols-[5.25rem_1fr] gap-y-1 border-t border-line pt-3.5 text-12">
        <dt className="text-ink-3">{t("connect.wait.neededFor")}</dt>
        <dd>{t("connect.wait.key", { name: `${instance.name} ${environment}` })}</dd>
        <dt className="text-ink-3">{t("connect.wait.keyLabel")}</dt>
        <dd className="font-id">{instance.keyHint}</dd>
        <dt className="text-ink-3">{t("connect.wait.keptIn")}</dt>
        <dd>{start.keychain}</dd>
      </dl>
    </div>
  );
}

function NotOpened({
  instance,
  flow,
  onPaste,
}: {
  instance: Instance;
  flow: ConnectionFlow;
  onPaste: () => void;
}) {
  if (!flow.failed) return null;
  const { problem, number } = flow.failed;
  const keyNeeded = ["keychain_no_key", "key_refused", "instance_elsewhere"].includes(problem.code);
  return (
    <EmptyState
      icon={problem.code.startsWith("key") ? Lock : KeyRound}
      title={t("connect.wait.failedTitle", { name: instance.name })}
    >
      <p>{t("connect.wait.notOpen", { name: instance.name })}</p>
      {/* Nothing is in use yet, so that nothing can be replaced. */}
      <ProblemWayProvider value={null}>
        <ProblemNotice
          key={number}
          problem={problem}
          className="mt-4 text-left text-ink"
          onRetry={() => flow.connect({ by: "instance", instance })}
          byItself
          actions={keyNeeded ? <Button onClick={onPaste}>{t("connect.wait.pasteAgain")}</Button> : null}
        />
      </ProblemWayProvider>
    </EmptyState>
  );
}
