import { useQuery } from "@tanstack/react-query";
import { ChevronRight, ClipboardPaste, Key, Lock, type LucideIcon, Shapes } from "lucide-react";
import { type ReactNode, useEffect, useLayoutEffect, useRef } from "react";
import { useAction, useActionBus } from "@/actions/ActionProvider";
import { shortcutOf } from "@/actions/keys";
import { useBackend } from "@/backend/BackendProvider";
import type { Instance, Start } from "@/backend/instances";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { CancelButton } from "@/ui/CancelButton";
import { Icon } from "@/ui/Icon";
import { Logo } from "@/ui/Logo";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { EnvironmentName, InstanceLetter } from "@/workspace/InstanceBadge";
import { instancesQuery } from "@/workspace/queries";
import { OtherPlaces } from "./OtherPlaces";
import { type ConnectionFlow, mayHoldInMemory } from "./useConnection";

/** The first screen: connect with a copied key, or look at the sample. No key is ever typed here. */
export function ConnectScreen({
  start,
  flow,
  onUse,
  onBack,
}: {
  start: Start;
  flow: ConnectionFlow;
  onUse: (instance: Instance) => void;
  onBack: (() => void) | undefined;
}) {
  const busy = flow.attempt !== null;
  const keychain = start.keychain || t("connect.keychain");
  const paste = () => flow.connect({ by: "clipboard" });
  usePaste(paste, !busy);

  return (
    <div className="m-auto flex w-full max-w-175 flex-col items-center px-4 py-8">
      <Logo className="size-17" />
      <h1 className="mt-4 text-[1.375rem]/8 font-bold tracking-[-0.01em]">Understudy</h1>
      <p className="mt-1 text-center text-15 text-ink-2">{t("connect.tagline")}</p>

      <div className="mt-8 grid w-full grid-cols-[repeat(auto-fit,minmax(min(18rem,100%),1fr))] gap-3.5">
        <Card icon={Key} tone="accent" title={t("connect.title")}>
          <ConnectBody flow={flow} keychain={keychain} />
          <div className="mt-auto flex flex-col items-stretch gap-0.5 pt-3.5">
            {busy && flow.attempt?.by !== "sample" ? (
              <CancelButton size="lg" className="mb-7.5" onCancel={flow.cancel} />
            ) : (
              <>
                <PasteButton onPaste={paste} disabled={busy} />
                <Button variant="ghost" disabled={busy} onClick={() => flow.connect({ by: "file" })}>
                  {t("connect.file")}
                </Button>
              </>
            )}
          </div>
        </Card>
        <Card icon={Shapes} tone="sample" title={t("connect.sampleTitle")}>
          <p className="text-ink-2">{t("connect.sampleAbout")}</p>
          <div className="mt-auto flex flex-col items-stretch gap-0.5 pt-3.5">
            <Button size="lg" disabled={busy} onClick={() => flow.connect({ by: "sample" })}>
              {flow.attempt?.by === "sample" ? t("connect.sampleOpening") : t("connect.sample")}
            </Button>
            <p className="flex h-7.5 items-center justify-center text-12 text-ink-3">
              {t("connect.sampleNote")}
            </p>
          </div>
        </Card>
        <Fact icon={Key} title={t("connect.powerTitle")}>
          {t("connect.power")}
        </Fact>
        <Fact icon={Lock} title={t("connect.placeTitle")}>
          {t("connect.place", { keychain })}
        </Fact>
      </div>

      <Known onUse={onUse} disabled={busy} />
      <div className="mt-5 flex gap-4">
        {onBack ? (
          <Button variant="ghost" onClick={onBack}>
            {t("connect.back")}
          </Button>
        ) : null}
        <Promises />
      </div>
    </div>
  );
}

/**
 * Ctrl/Cmd+V anywhere means the button. On macOS the Edit menu pastes without a
 * key press, so the event counts as well; what it carries is never looked at.
 */
function usePaste(paste: () => void, enabled: boolean) {
  const bus = useActionBus();
  useAction("paste", paste, enabled);
  useEffect(() => {
    const onPaste = (event: Event) => {
      event.preventDefault();
      bus.dispatch("paste");
    };
    document.addEventListener("paste", onPaste);
    return () => document.removeEventListener("paste", onPaste);
  }, [bus]);
}

/** Says above the buttons what will happen, what is happening, or what went wrong. */
function ConnectBody({ flow, keychain }: { flow: ConnectionFlow; keychain: string }) {
  if (flow.attempt && flow.attempt.by !== "sample") {
    return (
      <div role="status" className="min-h-24 text-ink-2">
        <p className="font-semibold text-ink">{t("connect.checking")}</p>
        <p>{t("connect.checkingAbout", { keychain })}</p>
      </div>
    );
  }
  if (flow.failed) {
    const { failed } = flow;
    return (
      <ProblemNotice
        key={failed.number}
        problem={failed.problem}
        compact
        className="-mx-1"
        actions={
          <>
            <OtherPlaces flow={flow} />
            {mayHoldInMemory(failed) ? (
              <p className="basis-full text-11 text-ink-2">{t("connect.holdNote")}</p>
            ) : null}
          </>
        }
      />
    );
  }
  return <p className="min-h-24 text-ink-2">{t("connect.about", { keychain })}</p>;
}

function PasteButton({ onPaste, disabled }: { onPaste: () => void; disabled: boolean }) {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => button.current?.focus(), []);
  return (
    <Button
      ref={button}
      variant="primary"
      size="lg"
      icon={ClipboardPaste}
      shortcut={shortcutOf("paste")}
      disabled={disabled}
      onClick={onPaste}
    >
      {t("connect.paste")}
    </Button>
  );
}

function Card({
  icon,
  tone,
  title,
  children,
}: {
  icon: LucideIcon;
  tone: "accent" | "sample";
  title: string;
  children: ReactNode;
}) {
  return (
    <section className="flex min-h-67.5 flex-col rounded-xl border border-line bg-surface p-5 pt-4.5 pb-3.5 shadow-2">
      <span
        data-env={tone === "sample" ? "sample" : undefined}
        className={`mb-3 flex size-8.5 items-center justify-center rounded-md ${
          tone === "sample" ? "bg-press text-env-ink" : "bg-sel text-accent-ink"
        }`}
      >
        <Icon icon={icon} className="size-4.5" />
      </span>
      <h2 className="mb-1 text-15 font-semibold">{title}</h2>
      {children}
    </section>
  );
}

function Fact({ icon, title, children }: { icon: LucideIcon; title: string; children: ReactNode }) {
  return (
    <div className="px-5 pt-2 text-12 text-ink-2">
      <h3 className="mb-0.5 flex items-center gap-1.75 font-semibold text-ink">
        <Icon icon={icon} className="size-3.5 text-ink-3" />
        {title}
      </h3>
      <p>{children}</p>
    </div>
  );
}

/** The instances that are connected already: nobody has to paste a key twice. */
function Known({ onUse, disabled }: { onUse: (instance: Instance) => void; disabled: boolean }) {
  // Each time anew: one whose key is held in memory came since the first time.
  const { data } = useQuery({ ...instancesQuery(useBackend()), staleTime: 0 });
  if (!data || data.length === 0) return null;
  return (
    <section
      aria-label={t("connect.known")}
      className="mt-5 flex flex-wrap items-center justify-center gap-2 text-12"
    >
      <span className="text-ink-2">{t("connect.known")}</span>
      {data.map((instance) => (
        <Button key={instance.id} disabled={disabled} className="pl-1.5" onClick={() => onUse(instance)}>
          <InstanceLetter instance={instance} className="size-5 rounded-sm text-11" />
          <span>
            <bdi>{instance.name}</bdi>{" "}
            <span className="font-normal text-ink-2">
              <EnvironmentName instance={instance} />
            </span>
          </span>
        </Button>
      ))}
    </section>
  );
}

function Promises() {
  const bus = useActionBus();
  return (
    <Button variant="link" onClick={() => bus.dispatch("help")}>
      {t("connect.promises")}
      <Icon icon={ChevronRight} className="size-3.5" />
    </Button>
  );
}
