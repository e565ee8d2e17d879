import { Link2, Lock as Padlock, VenetianMask } from "lucide-react";
import { useLayoutEffect, useRef } from "react";
import { type Impersonation, stateOf } from "@/backend/impersonations";
import { environmentOf, type Instance, type Locked, type Start } from "@/backend/instances";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Countdown } from "@/ui/Countdown";
import { EmptyState } from "@/ui/EmptyState";
import { Icon } from "@/ui/Icon";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { endOf } from "@/workspace/impersonations";
import { Lifetimes } from "@/workspace/Lifetimes";
import { OpeningPane } from "./OpeningPane";
import { OtherPlaces } from "./OtherPlaces";
import type { ConnectionFlow } from "./useConnection";

/** Shows the locked instance, how long its impersonations still run, and the way back in. */
export function LockScreen({ start, locked, flow }: { start: Start; locked: Locked; flow: ConnectionFlow }) {
  return (
    <div className="m-auto flex max-w-full flex-col items-center p-4">
      <WayBack start={start} instance={locked.instance} flow={flow} />
      <Running items={locked.running} />
    </div>
  );
}

function WayBack({ start, instance, flow }: { start: Start; instance: Instance; flow: ConnectionFlow }) {
  const attempt = flow.attempt ?? flow.failed?.attempt;
  const paste = () => flow.connect({ by: "clipboard" });
  if (attempt?.by === "instance")
    return <OpeningPane start={start} instance={instance} flow={flow} onPaste={paste} />;
  return instance.inMemory || attempt ? (
    <PasteAgain instance={instance} flow={flow} onPaste={paste} />
  ) : (
    <Unlock start={start} instance={instance} flow={flow} />
  );
}

function Unlock({ start, instance, flow }: { start: Start; instance: Instance; flow: ConnectionFlow }) {
  const isSample = environmentOf(instance) === "sample";
  return (
    <>
      <EmptyState
        icon={Padlock}
        heading="h1"
        title={t("lock.title")}
        actions={
          <FirstButton onClick={() => flow.connect({ by: "instance", instance })}>
            {t("lock.unlock")}
          </FirstButton>
        }
      >
        <p>{t(isSample ? "lock.aboutSample" : "lock.about", { name: instance.name })}</p>
      </EmptyState>
      {isSample ? null : (
        <dl className="grid w-101 max-w-full grid-cols-[5.25rem_1fr] gap-y-1 border-t border-line pt-3.5 text-12">
          <dt className="text-ink-3">{t("connect.wait.keyLabel")}</dt>
          <dd className="font-id">{instance.keyHint}</dd>
          <dt className="text-ink-3">{t("connect.wait.keptIn")}</dt>
          <dd>{start.keychain}</dd>
        </dl>
      )}
    </>
  );
}

/** A key that was in memory alone is gone: it has to come from the clipboard again. */
function PasteAgain({
  instance,
  flow,
  onPaste,
}: {
  instance: Instance;
  flow: ConnectionFlow;
  onPaste: () => void;
}) {
  const { failed } = flow;
  return (
    <EmptyState
      icon={Padlock}
      heading="h1"
      title={t("lock.title")}
      actions={
        <FirstButton disabled={flow.attempt !== null} onClick={onPaste}>
          {t(flow.attempt ? "connect.checking" : "connect.paste")}
        </FirstButton>
      }
    >
      <p>{t("lock.aboutMemory", { name: instance.name, key: instance.keyHint })}</p>
      {failed ? (
        <ProblemNotice
          key={failed.number}
          problem={failed.problem}
          className="mt-4 text-left text-ink"
          actions={<OtherPlaces flow={flow} />}
        />
      ) : null}
    </EmptyState>
  );
}

function FirstButton({
  disabled = false,
  onClick,
  children,
}: {
  disabled?: boolean;
  onClick: () => void;
  children: string;
}) {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => button.current?.focus(), []);
  return (
    <Button ref={button} variant="primary" size="lg" disabled={disabled} onClick={onClick}>
      {children}
    </Button>
  );
}

/** Lists the impersonations that go on behind the lock. It shows no names, only ids. */
function Running({ items }: { items: Impersonation[] }) {
  if (items.length === 0) return null;
  return (
    <section aria-label={t("lock.running")} className="mt-6 w-101 max-w-full">
      <Lifetimes items={items} nameOf={({ userID }) => shortened(userID)} />
      <h2 className="mb-1.5 text-12 font-semibold">{t("lock.running")}</h2>
      <ul className="divide-y divide-line rounded-lg border border-line px-3">
        {items.map((item) => (
          <li key={item.id} className="flex h-9 items-center gap-2">
            <Icon
              icon={stateOf(item) === "live" ? VenetianMask : Link2}
              className="size-3.5 text-accent-ink"
            />
            <span className="font-id min-w-0 flex-1 truncate text-ink-2">{shortened(item.userID)}</span>
            {endOf(item) ? <Countdown until={endOf(item)} /> : null}
          </li>
        ))}
      </ul>
      <p className="mt-1.5 text-12 text-ink-2">{t("lock.runningAbout")}</p>
    </section>
  );
}

/** Enough of an id to tell two apart. */
function shortened(id: string): string {
  return `user_…${id.slice(-6)}`;
}
