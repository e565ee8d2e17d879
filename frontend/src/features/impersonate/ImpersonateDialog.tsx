import { useQuery } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import { type ReactNode, useId, useRef, useState } from "react";
import { useAction } from "@/actions/ActionProvider";
import { shortcutOf } from "@/actions/keys";
import { useBackend } from "@/backend/BackendProvider";
import { type ActorTokenRequest, effectOf } from "@/backend/impersonations";
import { environmentOf } from "@/backend/instances";
import type { Rules, Settings } from "@/backend/settings";
import type { UserRow } from "@/backend/users";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Confirm, Dialog } from "@/ui/Dialog";
import { Icon } from "@/ui/Icon";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { Skeleton } from "@/ui/Skeleton";
import { Findings } from "@/workspace/Findings";
import { nameOf } from "@/workspace/person";
import { barriersQuery, browsersQuery, preflightQuery, rulesQuery } from "@/workspace/queries";
import { useSettings } from "@/workspace/settings";
import { type Given, useWorkspace } from "@/workspace/workspace";
import { Reason, ReasonBox } from "./Boxes";
import { allowedMinutes, EndsAfter, EndsAt } from "./EndsAfter";
import { OpenIn } from "./OpenIn";
import { Taken, useTaken } from "./Taken";
import { useFormFocus } from "./useFormFocus";
import { boxOf, needsReason, useReasons } from "./useReasons";
import { useStart } from "./useStart";
import { ProductionBanner, Title, Who } from "./Who";
import { copyLink, useWays } from "./ways";

/** Asks why and for how long, then has Go create the actor token and open it. */
export function ImpersonateDialog({
  user,
  given,
  onClose,
}: {
  user: UserRow;
  /** Of an earlier one, to begin with. */
  given: Given;
  onClose: () => void;
}) {
  const backend = useBackend();
  const settings = useSettings();
  const rules = useQuery(rulesQuery(backend));
  if (settings.data && rules.data) {
    return <Form user={user} given={given} settings={settings.data} rules={rules.data} onClose={onClose} />;
  }
  const failed = settings.error ? settings : rules;
  return (
    // It opens while the settings are still read: keys must not land in the screen below.
    <Dialog open onClose={onClose}>
      <Title user={user} />
      {failed.error ? (
        <ProblemNotice
          problem={failed.error.problem}
          onRetry={() => void failed.refetch()}
          className="mt-3"
        />
      ) : (
        <Skeleton className="mt-4.5 h-24 rounded-md" />
      )}
    </Dialog>
  );
}

/**
 * How often what stands against it is looked at anew, in milliseconds: Go takes
 * what is a minute old, so that a submit never has to wait for it.
 */
const preflightEvery = 25_000;

function Form({
  user,
  given,
  settings,
  rules,
  onClose,
}: {
  user: UserRow;
  given: Given;
  settings: Settings;
  rules: Rules;
  onClose: () => void;
}) {
  const backend = useBackend();
  const { instance } = useWorkspace();
  const reasons = useReasons(given);
  const close = useRef<HTMLButtonElement>(null);
  const [minutes, setMinutes] = useState(
    allowedMinutes(given.sessionMinutes ?? settings.session_minutes, rules),
  );
  const [chosen, setChosen] = useState(given.browser);
  const [leaving, setLeaving] = useState(false);

  const production = environmentOf(instance) === "production";
  const [bannerID, whoID, againstID] = [useId(), useId(), useId()];
  const required = needsReason(production, settings, rules);
  const preflight = useQuery({
    ...preflightQuery(backend, user.id),
    refetchOnMount: "always",
    refetchInterval: preflightEvery,
    refetchIntervalInBackground: true,
  });
  const findings = preflight.data ?? [];
  const effects = findings.map(effectOf);
  const isRefused = effects.includes("refuse");
  const isProtected = effects.includes("ask") && !isRefused;
  const asksWhy = isProtected || reasons.texts.override !== "" || reasons.wrong("override") !== "";
  const asksReference = rules.reason.reference !== "" || rules.reason.address !== "";
  const browsers = useQuery(browsersQuery(backend));
  const barriers = useQuery(barriersQuery(backend));
  const ways = useWays();
  // The choice of before may be forbidden or gone. A computer without a browser has the link alone.
  const last = browsers.data?.find((one) => one.chosen)?.id;
  const way =
    ways.find(({ id }) => id === chosen) ?? ways.find(({ id }) => id === last) ?? (browsers.data && ways[0]);
  const taken = useTaken(way, ways);
  const endFirst = useRef<HTMLButtonElement>(null);
  const { start, stop, problem, attempts, busy } = useStart(user, onClose);
  useFormFocus(isRefused, close, reasons.refs.reason);

  /** Returns the request to send. If something is missing, complains and returns undefined. */
  const request = (): ActorTokenRequest | undefined => {
    if (isRefused || !way) return undefined;
    const [reason, override, reference] = (["reason", "override", "reference"] as const).map((box) =>
      reasons.texts[box].trim(),
    );
    const [box, words] =
      required && !reason
        ? (["reason", t("impersonate.reasonMissing")] as const)
        : isProtected && !override
          ? (["override", t("impersonate.overrideMissing")] as const)
          : rules.reason.reference && !reference
            ? (["reference", t("impersonate.referenceMissing")] as const)
            : [];
    if (box) {
      reasons.complain(box, words);
      return undefined;
    }
    return {
      userID: user.id,
      reason: reason ?? "",
      override: override ?? "",
      reference: reference ?? "",
      linkSeconds: settings.link_seconds,
      sessionMinutes: minutes,
      browser: way.id,
      mode: "",
      changesReason: "",
      land: "",
    };
  };
  const go = () => {
    const asked = busy ? undefined : request();
    if (!asked) return;
    start(asked, {
      onError: (failure) => {
        const box = boxOf(failure.problem);
        if (box) reasons.complain(box, failure.problem.message);
      },
    });
  };
  const submit = () => {
    if (taken && request()) endFirst.current?.focus();
    else go();
  };
  const leave = () => {
    if (busy) stop();
    else if (reasons.changed && !isRefused) setLeaving(true);
    else onClose();
  };

  return (
    <>
      <Dialog
        open
        wide
        onClose={leave}
        initialFocus={isRefused ? close : reasons.refs.reason}
        banner={production ? <ProductionBanner user={user} id={bannerID} /> : null}
        describedBy={production ? `${bannerID} ${whoID}` : whoID}
        foot={
          <>
            {isRefused ? null : <EndsAt minutes={minutes} />}
            <Button
              ref={close}
              className="ml-auto"
              aria-describedby={isRefused ? againstID : undefined}
              onClick={leave}
            >
              {t(isRefused ? "close" : "impersonate.cancel")}
            </Button>
            {isRefused ? null : (
              <Button variant="primary" shortcut={busy ? "" : shortcutOf("impersonate")} onClick={submit}>
                {busy ? t("impersonate.asking") : t("impersonate.submit")}
              </Button>
            )}
          </>
        }
      >
        <OnSubmitKey submit={submit} />
        <Who user={user} id={whoID} />
        <div className="mt-4.5 flex flex-col gap-4.5">
          {problem && !boxOf(problem) ? (
            <ProblemNotice key={attempts} problem={problem} onRetry={submit} />
          ) : null}
          {findings.length > 0 ? (
            <div id={againstID}>
              <Findings
                findings={findings}
                retrying={preflight.isFetching}
                onRetry={() => void preflight.refetch()}
              />
            </div>
          ) : null}
          {preflight.error ? (
            <ProblemNotice
              key={preflight.errorUpdatedAt}
              problem={preflight.error.problem}
              onRetry={() => void preflight.refetch()}
              byItself
            />
          ) : null}
          {isRefused ? null : (
            <>
              <Reason
                reasons={reasons}
                required={required}
                help={asksWhy ? "" : t(required ? "impersonate.reasonHelp" : "impersonate.reasonOptional")}
                rows={asksWhy || asksReference ? 1 : 2}
              />
              {asksWhy ? (
                <ReasonBox
                  box="override"
                  reasons={reasons}
                  label={t("impersonate.override")}
                  help={t("impersonate.overrideHelp")}
                  required
                />
              ) : null}
              {asksReference ? (
                <ReasonBox
                  box="reference"
                  reasons={reasons}
                  label={t("impersonate.reference")}
                  help={t("impersonate.referenceHelp")}
                  required={rules.reason.reference !== ""}
                />
              ) : null}
              <EndsAfter minutes={minutes} rules={rules} onChange={setMinutes} />
              {browsers.data ? (
                <OpenIn
                  label={t("impersonate.openIn")}
                  ways={ways}
                  barriers={barriers.data ?? []}
                  value={way?.id ?? ""}
                  onChange={setChosen}
                />
              ) : null}
              {taken ? (
                <Taken
                  key={taken.id}
                  item={taken}
                  instead={ways.find(({ isolated }) => isolated)}
                  endRef={endFirst}
                  isReady={() => request() !== undefined}
                  onEnded={go}
                  onChoose={setChosen}
                />
              ) : null}
              {browsers.error ? (
                <ProblemNotice problem={browsers.error.problem} onRetry={() => void browsers.refetch()} />
              ) : null}
              {browsers.isPending ? <Skeleton className="h-9 rounded-md" /> : null}
              <p className="-mt-2.5 flex items-center gap-1.5 text-11 text-ink-3">
                <Icon icon={Link2} className="size-3.5" />
                {way?.id === copyLink
                  ? `${t("impersonate.copiedLetsIn", { name: nameOf(user), count: minutes })} `
                  : null}
                {t("impersonate.link", { life: lifeInWords(settings.link_seconds) })}
              </p>
            </>
          )}
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

function lifeInWords(seconds: number): string {
  return seconds % 60 === 0 && seconds > 60
    ? t("impersonate.minutes", { count: seconds / 60 })
    : t("impersonate.seconds", { count: seconds });
}
