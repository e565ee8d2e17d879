import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { Instance } from "@/backend/instances";
import type { SignIn } from "@/backend/operator";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Dialog, DialogTitle } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { TextInput } from "@/ui/TextInput";
import { rulesQuery, signInQuery } from "@/workspace/queries";

/** Creates the OAuth application at Clerk, after saying what it is, or takes one that exists. */
export function SetUpSignIn({
  instance,
  signIn,
  onReady,
  onClose,
}: {
  instance: Instance;
  signIn: SignIn;
  onReady: () => void;
  onClose: () => void;
}) {
  const backend = useBackend();
  const queries = useQueryClient();
  const [existing, setExisting] = useState(signIn.clientID !== "");
  const [clientID, setClientID] = useState(signIn.clientID);
  const [missing, setMissing] = useState(false);
  const create = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLInputElement>(null);
  const creating = useRef<AbortController | null>(null);
  useEffect(() => () => creating.current?.abort(), []);
  useLayoutEffect(() => {
    if (existing) box.current?.focus();
  }, [existing]);

  const save = useMutation({
    mutationFn: (known: string) => {
      if (known) return backend.setSignInClient(known);
      creating.current = new AbortController();
      return backend.createSignInApplication(creating.current.signal);
    },
    onSuccess: (ready) => {
      queries.setQueryData(signInQuery(backend).queryKey, ready);
      void queries.invalidateQueries(rulesQuery(backend));
      onReady();
    },
  });
  const use = () => {
    const known = clientID.trim();
    if (known) return save.mutate(known);
    setMissing(true);
    box.current?.focus();
  };
  const turn = () => {
    save.reset();
    setExisting(!existing);
  };

  return (
    <Dialog
      open
      above
      wide
      onClose={onClose}
      initialFocus={existing ? box : create}
      foot={
        <>
          <Button variant="link" className="-ml-2.5 mr-auto" disabled={save.isPending} onClick={turn}>
            {t(existing ? "operator.createInstead" : "operator.existing")}
          </Button>
          <Button onClick={onClose}>{t("cancel")}</Button>
          {existing ? (
            <Button variant="primary" disabled={save.isPending} onClick={use}>
              {t(save.isPending ? "operator.using" : "operator.use")}
            </Button>
          ) : (
            <Button ref={create} variant="primary" disabled={save.isPending} onClick={() => save.mutate("")}>
              {t(save.isPending ? "operator.creating" : "operator.create")}
            </Button>
          )}
        </>
      }
    >
      <DialogTitle>{t(existing ? "operator.existingTitle" : "operator.setUpTitle")}</DialogTitle>
      <p className="mt-1.5 text-ink-2">
        {t(existing ? "operator.existingAbout" : "operator.setUpAbout", { name: instance.name })}
      </p>
      <dl className="mt-3.5 grid grid-cols-[6.5rem_1fr] gap-y-1.5 rounded-lg border border-line px-3.5 py-3 text-12">
        {existing ? null : (
          <>
            <dt className="text-ink-2">{t("operator.appName")}</dt>
            <dd className="font-medium">{signIn.name}</dd>
            <dt className="text-ink-2">{t("operator.appKind")}</dt>
            <dd>{t("operator.appKindIs")}</dd>
          </>
        )}
        <dt className="text-ink-2">{t("operator.appScopes")}</dt>
        <dd className="font-id">{signIn.scopes.join(" ")}</dd>
        <dt className="text-ink-2">{t("operator.appReturns")}</dt>
        <dd className="font-id select-text">
          {signIn.redirectURIs.map((address) => (
            <span key={address} className="block">
              {address}
            </span>
          ))}
        </dd>
      </dl>
      {existing ? (
        <div className="mt-3.5">
          <Field label={t("operator.client")} error={missing ? t("operator.clientMissing") : ""}>
            {(ids) => (
              <TextInput
                {...ids}
                ref={box}
                maxLength={100}
                className="font-id"
                value={clientID}
                onChange={(event) => {
                  setClientID(event.target.value);
                  setMissing(false);
                }}
                onKeyDown={(event) => {
                  if (event.key === "Enter") use();
                }}
              />
            )}
          </Field>
        </div>
      ) : (
        <p className="mt-3 text-12 text-ink-2">{t("operator.onceForAll")}</p>
      )}
      {save.error ? (
        <ProblemNotice key={save.submittedAt} problem={save.error.problem} className="mt-3" />
      ) : null}
    </Dialog>
  );
}
