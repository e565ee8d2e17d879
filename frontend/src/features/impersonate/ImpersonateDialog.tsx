import { useQuery } from "@tanstack/react-query";
import { Globe, Link2 } from "lucide-react";
import { type ReactNode, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "@/actions/ActionProvider";
import { shortcutOf } from "@/actions/keys";
import { useBackend } from "@/backend/BackendProvider";
import { environmentOf, type Settings, type UserRow } from "@/backend/backend";
import { browsersQuery, settingsQuery } from "@/backend/queries";
import { formatClock } from "@/text/format";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { Confirm, Dialog, DialogTitle } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { Icon } from "@/ui/Icon";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { Segmented } from "@/ui/Segmented";
import { Skeleton } from "@/ui/Skeleton";
import { useNow } from "@/ui/useNow";
import { useWorkspace } from "@/workspace/workspace";
import { OpenIn } from "./OpenIn";
import { useStart } from "./useStart";

const sessionMinutes = [10, 30, 60] as const;
/** As long as Go accepts. */
const reasonLength = 500;

/** Asks why and for how long, then has Go create the actor token and open it. */
export function ImpersonateDialog({
  user,
  reason,
  onClose,
}: {
  user: UserRow;
  /** That of an earlier one, to begin with; else "". */
  reason: string;
  onClose: () => void;
}) {
  const settings = useQuery(settingsQuery(useBackend()));
  if (settings.data) return <Form user={user} given={reason} settings={settings.data} onClose={onClose} />;
  if (!settings.error) return null;
  return (
    <Dialog open onClose={onClose}>
      <ProblemNotice problem={settings.error.problem} onRetry={() => void settings.refetch()} />
    </Dialog>
  );
}

function Form({
  user,
  given,
  settings,
  onClose,
}: {
  user: UserRow;
  given: string;
  settings: Settings;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const backend = useBackend();
  const { instance, identifyAgain } = useWorkspace();
  const reasonBox = useRef<HTMLTextAreaElement>(null);
  const [reason, setReason] = useState(given);
  const [missing, setMissing] = useState(false);
  const [minutes, setMinutes] = useState(settings.sessionMinutes);
  const [chosen, setChosen] = useState<string>();
  const [leaving, setLeaving] = useState(false);

  const production = environmentOf(instance) === "production";
  const required = production || settings.reasonAlways;
  const browsers = useQuery(browsersQuery(backend));
  const browser = chosen ?? (browsers.data?.find((one) => one.chosen) ?? browsers.data?.[0])?.id;
  const { start, problem, attempts, busy } = useStart(user, onClose);

  const submit = () => {
    if (busy || !browser) return;
    if (required && reason.trim() === "") {
      setMissing(true);
      reasonBox.current?.focus();
      return;
    }
    start({
      userID: user.id,
      reason: reason.trim(),
      override: "",
      reference: "",
      linkSeconds: settings.linkSeconds,
      sessionMinutes: minutes,
      browser,
    });
  };
  const leave = () => {
    if (busy) return;
    if (reason.trim() === "" || reason === given) onClose();
    else setLeaving(true);
  };

  return (
    <>
      <Dialog
        open
        wide
        onClose={leave}
        initialFocus={reasonBox}
        banner={production ? <ProductionBanner user={user} /> : null}
        foot={
          <>
            <EndsAt minutes={minutes} />
            <Button className="ml-auto" disabled={busy} onClick={leave}>
              {t("impersonate.cancel")}
            </Button>
            <Button variant="primary" shortcut={busy ? "" : shortcutOf("impersonate")} onClick={submit}>
              {busy ? t("impersonate.asking") : t("impersonate.submit")}
            </Button>
          </>
        }
      >
        <OnSubmitKey submit={submit} />
        <Who user={user} />
        <div className="mt-4.5 flex flex-col gap-4.5">
          {problem ? (
            <ProblemNotice
              key={attempts}
              problem={problem}
              onRetry={submit}
              actions={
                problem.code === "operator_gone" || problem.code === "operator_missing" ? (
                  <Button onClick={identifyAgain}>{t("impersonate.identify")}</Button>
                ) : null
              }
            />
          ) : null}
          <Field
            label={t("impersonate.reason")}
            help={t(required ? "impersonate.reasonHelp" : "impersonate.reasonOptional")}
            error={missing ? t("impersonate.reasonMissing") : ""}
          >
            {(ids) => (
              <textarea
                {...ids}
                ref={reasonBox}
                rows={2}
                maxLength={reasonLength}
                aria-required={required}
                placeholder={t("impersonate.reasonPlaceholder")}
                className="block w-full resize-none rounded-md border border-line-2 bg-surface px-2.5 py-1.75 select-text placeholder:text-ink-3 focus:border-accent focus:ring-2 focus:ring-sel focus:outline-none aria-invalid:border-danger"
                value={reason}
                onChange={(event) => {
                  setReason(event.target.value);
                  setMissing(false);
                }}
              />
            )}
          </Field>
          <Segmented
            label={t("impersonate.endsAfter")}
            value={minutes}
            onChange={setMinutes}
            options={sessionMinutes.map((value) => ({
              value,
              label: value === 60 ? t("hours", { count: 1 }) : t("minutes", { count: value }),
            }))}
          />
          {browsers.data ? (
            <OpenIn browsers={browsers.data} value={browser ?? ""} onChange={setChosen} />
          ) : null}
          {browsers.error ? (
            <ProblemNotice problem={browsers.error.problem} onRetry={() => void browsers.refetch()} />
          ) : null}
          {browsers.isPending ? <Skeleton className="h-9 rounded-md" /> : null}
          <p className="-mt-2.5 flex items-center gap-1.5 text-11 text-ink-3">
            <Icon icon={Link2} className="size-3.5" />
            {t("impersonate.link", { life: lifeInWords(t, settings.linkSeconds) })}
          </p>
        </div>
      </Dialog>
      <Confirm
        open={leaving}
        title={t("impersonate.discardTitle")}
        no={t("impersonate.discardNo")}
        yes={t("impersonate.discardYes")}
        onNo={() => setLeaving(false)}
        onYes={onClose}
      >
        {t("impersonate.discardAbout")}
      </Confirm>
    </>
  );
}

/** Inside the dialog, so that it hears the keys that the dialog keeps from the screen below. */
function OnSubmitKey({ submit }: { submit: () => void }): ReactNode {
  useAction("impersonate", submit);
  return null;
}

function ProductionBanner({ user }: { user: UserRow }) {
  const { t } = useTranslation();
  const name = user.name.split(" ")[0] || user.email || user.id;
  return (
    <p className="flex min-h-8.5 items-center gap-2.5 bg-env px-5 py-1.5 font-semibold text-on-env">
      <Icon icon={Globe} />
      <span>{t("impersonate.production", { name: isolate(name) })}</span>
    </p>
  );
}

function Who({ user }: { user: UserRow }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="flex items-center gap-3">
      <Avatar id={user.id} initials={user.initials} size="lg" />
      <div className="min-w-0 select-text" aria-describedby={id}>
        <DialogTitle>
          {t("impersonate.title", { name: isolate(user.name || user.email || user.id) })}
        </DialogTitle>
        <div id={id}>
          <bdi className="block truncate text-ink-2">{user.email || t("noEmail")}</bdi>
          <span className="block font-id text-ink-2">{user.id}</span>
        </div>
      </div>
    </div>
  );
}

/** The session's end, if it begins now. */
function EndsAt({ minutes }: { minutes: number }) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <span className="text-12 text-ink-2">
      {t("impersonate.endsAt")}{" "}
      <b className="font-semibold text-ink">{formatClock(now + minutes * 60_000)}</b>
    </span>
  );
}

/** Keeps the direction of a name from turning the sentence around it. */
function isolate(name: string): string {
  return `\u2068${name}\u2069`;
}

function lifeInWords(t: ReturnType<typeof useTranslation>["t"], seconds: number): string {
  return seconds % 60 === 0 && seconds > 60
    ? t("impersonate.minutes", { count: seconds / 60 })
    : t("impersonate.seconds", { count: seconds });
}
