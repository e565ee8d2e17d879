import { useQuery } from "@tanstack/react-query";
import { KeyRound, Lock, ShieldX } from "lucide-react";
import { useActionBus } from "@/actions/ActionProvider";
import { shortcutOf } from "@/actions/keys";
import { useBackend } from "@/backend/BackendProvider";
import { chainOf, headOf } from "@/backend/history";
import { environmentOf } from "@/backend/instances";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { Kbd } from "@/ui/Kbd";
import { headQuery, verificationQuery } from "@/workspace/queries";
import { type Section, useWorkspace } from "@/workspace/workspace";
import { WaitingForClerk } from "./WaitingForClerk";

/** The notes that every section shows: the sample, a key in memory, a broken record. */
export function StatusNotes({
  state,
  section,
}: {
  state: "opening" | "locked" | "connected";
  section: Section;
}) {
  const bus = useActionBus();
  const { instance, connectAnother, navigate } = useWorkspace();
  const enabled = state === "connected";
  const chain = useQuery({ ...verificationQuery(useBackend()), enabled });
  const head = useQuery({ ...headQuery(useBackend()), enabled });
  const doubted =
    (chain.data && chainOf(chain.data) !== "good") || (head.data && headOf(head.data) === "differs");

  return (
    <>
      {environmentOf(instance) === "sample" ? (
        <>
          <span className="hidden min-w-0 shrink-99 truncate @6xl:block">{t("status.sample")}</span>
          <Button variant="link" size="inline" onClick={connectAnother}>
            {t("status.connectOwn")}
          </Button>
        </>
      ) : null}
      {instance.inMemory ? (
        <span title={t("status.inMemory")} className="flex min-w-5 shrink-99 items-center gap-1.5 text-warn">
          <Icon icon={KeyRound} className="size-3.5" />
          <span className="truncate">{t("status.inMemory")}</span>
        </span>
      ) : null}
      <WaitingForClerk />
      {state === "connected" ? null : (
        <span className="flex items-center gap-1.5">
          <Icon icon={Lock} className="size-3.5" />
          {t(state === "opening" ? "status.waiting" : "status.locked")}
        </span>
      )}
      {doubted ? (
        <button
          type="button"
          className="flex min-h-6 items-center gap-1.5 rounded-sm font-semibold text-danger"
          onClick={() => navigate("history")}
        >
          <Icon icon={ShieldX} className="size-3.5" />
          {t("status.broken")}
        </button>
      ) : null}
      {section === "settings" ? <span className="hidden @2xl:inline">{t("settings.saved")}</span> : null}
      <button
        type="button"
        className="ml-auto hidden min-h-6 items-center gap-2 rounded-sm pr-3 text-ink-3 hover:text-ink @6xl:flex"
        onClick={() => bus.handler("palette")?.()}
      >
        {t("status.commands")}
        <Kbd>{shortcutOf("palette")}</Kbd>
      </button>
    </>
  );
}
