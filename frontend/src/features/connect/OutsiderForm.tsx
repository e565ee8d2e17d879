import { useMutation, useQuery } from "@tanstack/react-query";
import { ChevronLeft, Info, ShieldAlert } from "lucide-react";
import { type KeyboardEvent, useEffectEvent, useLayoutEffect, useRef, useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { Instance } from "@/backend/instances";
import type { Operator } from "@/backend/operator";
import { cutMiddle } from "@/text/format";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";
import { Icon } from "@/ui/Icon";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { TextInput } from "@/ui/TextInput";
import { signInQuery } from "@/workspace/queries";

/** Asks an operator who is no user of the instance for a name and a work address. Nothing can prove them. */
export function OutsiderForm({
  instance,
  typed,
  onPicked,
  onBack,
}: {
  instance: Instance;
  /** The text that was searched for: it is the address or the name. */
  typed: string;
  onPicked: (operator: Operator) => void;
  onBack: () => void;
}) {
  const backend = useBackend();
  const isRequired = useQuery(signInQuery(backend)).data?.required ?? false;
  const [name, setName] = useState(typed.includes("@") ? "" : typed);
  const [address, setAddress] = useState(typed.includes("@") ? typed : "");
  const boxes = { name: useRef<HTMLInputElement>(null), address: useRef<HTMLInputElement>(null) };
  const begin = useEffectEvent(() => boxes[name === "" ? "name" : "address"].current?.focus());
  useLayoutEffect(() => begin(), []);

  const act = useMutation({
    mutationFn: () => backend.actAsOutsider(name, address),
    onSuccess: onPicked,
    onError: ({ problem }) => {
      if (problem.code === "operator_name") boxes.name.current?.focus();
      if (problem.code === "operator_address") boxes.address.current?.focus();
    },
  });
  const problem = act.error?.problem;
  const wrong = (code: string) => (problem?.code === code ? problem.message : "");
  const submit = () => {
    if (!act.isPending) act.mutate();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.repeat) return;
    if (event.key === "Enter") submit();
    else if (event.key === "Escape") onBack();
    else return;
    event.preventDefault();
  };
  const shown = cutMiddle(name.trim());

  return (
    <section className="mt-4.5 overflow-hidden rounded-xl border border-line bg-surface shadow-2">
      <div className="flex flex-col gap-4 p-4">
        <Field label={t("connect.identity.name")} error={wrong("operator_name")}>
          {(ids) => (
            <TextInput
              {...ids}
              ref={boxes.name}
              data-start
              className="h-8.5"
              autoComplete="name"
              maxLength={100}
              value={name}
              onChange={(event) => {
                setName(event.target.value);
                act.reset();
              }}
              onKeyDown={onKeyDown}
            />
          )}
        </Field>
        <Field
          label={t("connect.identity.address")}
          help={t("connect.identity.addressHelp")}
          error={wrong("operator_address")}
        >
          {(ids) => (
            <TextInput
              {...ids}
              ref={boxes.address}
              className="h-8.5"
              inputMode="email"
              autoComplete="email"
              maxLength={254}
              value={address}
              onChange={(event) => {
                setAddress(event.target.value);
                act.reset();
              }}
              onKeyDown={onKeyDown}
            />
          )}
        </Field>
        <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line">
          <li className="flex gap-2.5 bg-warn-bg px-3 py-2">
            <Icon icon={ShieldAlert} className="mt-0.25 shrink-0 text-warn" />
            <p>
              <b className="font-semibold">{t("connect.identity.outsideUnverified")}</b>{" "}
              {t("connect.identity.outsideUnverifiedAbout")}
            </p>
          </li>
          <li className="flex gap-2.5 px-3 py-2">
            <Icon icon={Info} className="mt-0.25 shrink-0 text-ink-2" />
            <p>
              {t(isRequired ? "connect.identity.outsideRefused" : "connect.identity.outsideRules", {
                name: instance.name,
              })}
            </p>
          </li>
        </ul>
        {problem && wrong("operator_name") === "" && wrong("operator_address") === "" ? (
          <ProblemNotice key={act.submittedAt} problem={problem} onRetry={submit} />
        ) : null}
      </div>
      <div className="flex flex-wrap items-center justify-between gap-2 border-t border-line bg-sunken px-3.5 py-3">
        <Button variant="ghost" icon={ChevronLeft} onClick={onBack}>
          {t("connect.identity.backToList")}
        </Button>
        <Button variant="primary" shortcut="↵" disabled={act.isPending} onClick={submit}>
          {act.isPending
            ? t("connect.identity.saving")
            : shown
              ? t("connect.identity.confirmAs", { name: shown })
              : t("connect.identity.confirm")}
        </Button>
      </div>
    </section>
  );
}
