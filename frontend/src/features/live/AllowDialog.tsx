import { useQuery } from "@tanstack/react-query";
import { Globe, Lock } from "lucide-react";
import { type ReactNode, useId, useRef, useState } from "react";
import { useAction } from "@/actions/ActionProvider";
import { shortcutOf } from "@/actions/keys";
import { useBackend } from "@/backend/BackendProvider";
import { type Ask, type Impersonation, isActive } from "@/backend/impersonations";
import { environmentOf } from "@/backend/instances";
import type { Rules } from "@/backend/settings";
import { formatClock, formatCountdown, secondsUntil } from "@/text/format";
import { t } from "@/text/i18n";
import { Avatar, initialsOf } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { Dialog, DialogTitle } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { Icon } from "@/ui/Icon";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { Segmented } from "@/ui/Segmented";
import { textLook } from "@/ui/TextInput";
import { useNow } from "@/ui/useNow";
import { liveQuery, rulesQuery } from "@/workspace/queries";
import { useWorkspace } from "@/workspace/workspace";
import { usePerson } from "./cells";
import { useWatched } from "./useWatched";

/** As long as Go accepts, in characters. */
const longest = 500;

/** Asks why changes, a path or a connection must be allowed. It is gone when the impersonation is. */
export function AllowDialog({ ask, onClose }: { ask: Ask; onClose: () => void }) {
  const backend = useBackend();
  const rules = useQuery(rulesQuery(backend)).data;
  const item = useQuery(liveQuery(backend)).data?.items.find(({ id }) => id === ask.id);
  if (!item || !isActive(item) || !rules) return null;
  return <Form key={`${ask.id} ${ask.kind}`} ask={ask} item={item} rules={rules} onClose={onClose} />;
}

function Form({
  ask,
  item,
  rules,
  onClose,
}: {
  ask: Ask;
  item: Impersonation;
  rules: Rules;
  onClose: () => void;
}) {
  const { instance } = useWorkspace();
  const now = useNow();
  const person = usePerson(item.userID, item.userName, item.userEmail);
  const production = environmentOf(instance) === "production";
  const [bannerID, whoID, box] = [useId(), useId(), useRef<HTMLTextAreaElement>(null)];
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);

  const ofChanges = ask.kind === "changes";
  const left = secondsUntil(item.sessionEndsAt, now);
  const lengths = lengthsOf(rules.changes.minutes, left);
  const [chosen, setChosen] = useState<number>();
  const minutes = lengths.find((one) => one === chosen) ?? lengths.at(-1) ?? 0;
  const sessionEnds = Date.parse(item.sessionEndsAt);
  const ends = ofChanges && minutes > 0 ? Math.min(now + minutes * 60_000, sessionEnds) : sessionEnds;

  const allow = useWatched(ask.id, (backend, id) =>
    ofChanges
      ? backend.allowChanges(id, reason.trim(), minutes)
      : backend.allowPlace(id, ask.place, reason.trim()),
  );
  const problem = allow.error?.problem;
  const submit = () => {
    if (allow.isPending) return;
    const lacks = reason.trim() === "" && (!ofChanges || rules.changes.allow === "reason");
    setMissing(lacks);
    if (lacks) box.current?.focus();
    else allow.mutate(undefined, { onSuccess: onClose });
  };

  return (
    <Dialog
      open
      above
      onClose={onClose}
      initialFocus={box}
      describedBy={production ? `${bannerID} ${whoID}` : whoID}
      banner={
        production ? (
          <p
            id={bannerID}
            className="flex min-h-8.5 items-center gap-2.5 bg-env px-5 py-1.5 font-semibold text-on-env"
          >
            <Icon icon={Globe} />
            <span>{t("allow.production", { name: person.name.split(" ")[0] ?? "" })}</span>
          </p>
        ) : null
      }
      foot={
        <>
          <span className="mr-auto text-12 text-ink-2">
            {t(ofChanges ? "allow.viewOnlyAt" : "allow.until")}{" "}
            <b className="font-semibold text-ink">{formatClock(ends)}</b>
          </span>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            variant="primary"
            shortcut={allow.isPending ? "" : shortcutOf("impersonate")}
            onClick={submit}
          >
            {t(allow.isPending ? "allow.allowing" : `allow.${ask.kind}.submit`)}
          </Button>
        </>
      }
    >
      <OnSubmitKey submit={submit} />
      <div className="flex items-center gap-3">
        <Avatar id={person.id} initials={initialsOf(person.name)} size="lg" />
        <div className="min-w-0 select-text">
          <DialogTitle>{t(`allow.${ask.kind}.title`, { name: person.name })}</DialogTitle>
          <p id={whoID} className="truncate text-ink-2">
            {item.reference ? `${t("reference.ticket", { reference: item.reference })} · ` : null}
            {t("allow.left", { time: formatCountdown(left) })}
          </p>
        </div>
      </div>
      <div className="mt-4.5 flex flex-col gap-4.5">
        {problem ? <ProblemNotice key={allow.submittedAt} problem={problem} /> : null}
        {ask.kind === "changes" ? null : (
          <div>
            <p className="font-id wrap-anywhere select-text">{ask.place.host + ask.place.path}</p>
            <p className="mt-1.5 text-12 text-ink-2">{t(`allow.${ask.kind}.about`)}</p>
          </div>
        )}
        <Field
          label={t(`allow.${ask.kind}.why`)}
          help={t("allow.help")}
          error={missing ? t("allow.missing") : ""}
        >
          {(ids) => (
            <textarea
              {...ids}
              ref={box}
              rows={2}
              maxLength={longest}
              className={`${textLook} resize-none`}
              value={reason}
              onChange={(event) => {
                setReason(event.target.value.replace(/[\r\n]+/g, " "));
                setMissing(false);
              }}
            />
          )}
        </Field>
        {ofChanges ? (
          <div>
            {lengths.length > 1 ? (
              <Segmented
                label={t("allow.for")}
                value={minutes}
                onChange={setChosen}
                options={lengths.map((value) => ({
                  value,
                  label: value === 0 ? t("allow.whole") : t("minutes", { count: value }),
                }))}
              />
            ) : null}
            <Longest rules={rules} />
          </div>
        ) : null}
      </div>
    </Dialog>
  );
}

/** Inside the dialog, so that it hears the keys that the dialog keeps from the screen below. */
function OnSubmitKey({ submit }: { submit: () => void }): ReactNode {
  useAction("impersonate", submit);
  return null;
}

function Longest({ rules }: { rules: Rules }) {
  if (rules.changes.minutes === 0) return null;
  const managed = rules.managed.includes("changes.minutes");
  return (
    <p className="mt-1.5 flex items-center gap-1.5 text-11 text-ink-3">
      <Icon icon={Lock} className="size-3.5" />
      {t(managed ? "allow.longestManaged" : "allow.longest", { count: rules.changes.minutes })}
    </p>
  );
}

/**
 * How long changes can be allowed, in minutes, shortest first; 0 is to the session's end.
 * @param most what the rules allow, 0 for no bound.
 * @param left of the session, in seconds.
 */
function lengthsOf(most: number, left: number): readonly number[] {
  const bounds = [most || Number.POSITIVE_INFINITY, Math.max(1, Math.ceil(left / 60))];
  const lengths = [5, 10].map((minutes) => Math.min(minutes, ...bounds));
  return [...new Set(most === 0 ? [...lengths, 0] : lengths)];
}
