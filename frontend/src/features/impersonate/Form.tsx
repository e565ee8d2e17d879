import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useAction } from "@/actions/ActionProvider";
import { shortcutOf } from "@/actions/keys";
import { useBackend } from "@/backend/BackendProvider";
import { type ActorTokenRequest, effectOf, type Mode } from "@/backend/impersonations";
import { environmentOf } from "@/backend/instances";
import type { Rules, Settings } from "@/backend/settings";
import type { UserRow } from "@/backend/users";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Confirm, Dialog } from "@/ui/Dialog";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { Skeleton } from "@/ui/Skeleton";
import { Findings } from "@/workspace/Findings";
import { browsersQuery, preflightQuery } from "@/workspace/queries";
import { type Given, useWorkspace } from "@/workspace/workspace";
import { Reason, ReasonBox } from "./Boxes";
import { allowedMinutes, EndsAfter, EndsAt } from "./EndsAfter";
import { LinkLife } from "./LinkLife";
import { domainsOf, pathOf } from "./landing";
import { ChangesBox, inEffect, Modes, modeNamed } from "./Modes";
import { OpenAt, wordsFor } from "./OpenAt";
import { NoWay, OpenIn } from "./OpenIn";
import { Taken, useTaken } from "./Taken";
import { useFormFocus } from "./useFormFocus";
import { type Box, boxOf, needsReason, useReasons } from "./useReasons";
import { useStart } from "./useStart";
import { ProductionBanner, Who } from "./Who";
import { useUnoffered, useWays } from "./ways";

/**
 * How often what stands against it is looked at anew, in milliseconds: Go takes
 * what is a minute old, so that a submit never has to wait for it.
 */
const preflightEvery = 25_000;

export function Form({
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
  const [chosenMode, setChosenMode] = useState<Mode>(modeNamed(given.mode || rules.changes.default));
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
  const browsers = useQuery(browsersQuery(backend));
  const ways = useWays();
  const unoffered = useUnoffered();
  const isNowhere = browsers.data !== undefined && ways.length === 0;
  const isRefused = effects.includes("refuse") || isNowhere;
  const isProtected = effects.includes("ask") && !isRefused;
  const asksWhy = isProtected || reasons.texts.override !== "" || reasons.wrong("override") !== "";
  const asksReference = rules.reason.reference !== "" || rules.reason.address !== "";
  // The choice of before may be forbidden or gone. A computer without a browser has the link alone.
  const way =
    ways.find(({ id }) => id === chosen) ?? ways.find((one) => one.chosen) ?? (browsers.data && ways[0]);
  const mode = inEffect(chosenMode, rules, way);
  const domains = domainsOf(instance.frontendAPI);
  const landing = pathOf(reasons.texts.land, domains);
  const taken = useTaken(way, ways);
  const endFirst = useRef<HTMLButtonElement>(null);
  const { start, stop, problem, attempts, busy } = useStart(user, onClose);
  useFormFocus(isRefused, close, reasons.refs.reason);

  const isEmpty = (box: Box) => reasons.texts[box].trim() === "";
  /** The first box that lacks something, and the words for it. */
  const lacking = (): readonly [Box, string] | undefined => {
    if (required && isEmpty("reason")) return ["reason", t("impersonate.reasonMissing")];
    if (isProtected && isEmpty("override")) return ["override", t("impersonate.overrideMissing")];
    if (rules.reason.reference && isEmpty("reference"))
      return ["reference", t("impersonate.referenceMissing")];
    if (mode === "allow_changes" && rules.changes.allow === "reason" && isEmpty("changes"))
      return ["changes", t("impersonate.changesMissing")];
    return "wrong" in landing ? ["land", wordsFor(landing.wrong, domains)] : undefined;
  };
  /** Returns the request to send. If something is missing, complains and returns undefined. */
  const request = (): ActorTokenRequest | undefined => {
    if (isRefused || !way) return undefined;
    const lack = lacking();
    if (lack) {
      reasons.complain(...lack);
      return undefined;
    }
    const { reason, override, reference, changes } = reasons.texts;
    return {
      userID: user.id,
      reason: reason.trim(),
      override: override.trim(),
      reference: reference.trim(),
      linkSeconds: settings.link_seconds,
      sessionMinutes: minutes,
      browser: way.id,
      mode,
      changesReason: mode === "allow_changes" ? changes.trim() : "",
      land: "path" in landing ? landing.path : "",
    };
  };
  const chooseMode = (next: Mode) => {
    flushSync(() => setChosenMode(next));
    if (next === "allow_changes") reasons.refs.changes.current?.focus();
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
        banner={production ? <ProductionBanner user={user} mode={mode} id={bannerID} /> : null}
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
        <div className="@container mt-4.5 flex flex-col gap-4.5">
          {problem && !boxOf(problem) ? (
            <ProblemNotice key={attempts} problem={problem} onRetry={submit} />
          ) : null}
          {isNowhere ? <NoWay id={againstID} barriers={unoffered} /> : null}
          {findings.length > 0 ? (
            <div id={isNowhere ? undefined : againstID}>
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
              <Modes rules={rules} way={way} chosen={chosenMode} onChoose={chooseMode} />
              {mode === "allow_changes" ? (
                <ChangesBox reasons={reasons} rules={rules} way={way} minutes={minutes} />
              ) : null}
              <EndsAfter minutes={minutes} rules={rules} onChange={setMinutes} />
              {browsers.data ? (
                <OpenIn
                  label={t("impersonate.openIn")}
                  ways={ways}
                  barriers={unoffered}
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
              <LinkLife user={user} way={way?.id} seconds={settings.link_seconds} minutes={minutes} />
              <OpenAt reasons={reasons} domains={domains} />
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
