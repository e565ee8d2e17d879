import { useState } from "react";
import { environmentOf, type Instance } from "@/backend/instances";
import type { Operator } from "@/backend/operator";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { EnvironmentName, InstanceLetter } from "@/workspace/InstanceBadge";
import { IdentityList } from "./IdentityList";
import { OutsiderForm } from "./OutsiderForm";
import { useCandidates } from "./useCandidates";

/**
 * Asks who acts, after the first connect: one of the users, or somebody who is none. Signing in
 * with Clerk proves it, whoever is picked; all else stays unverified.
 */
export function IdentityScreen({
  instance,
  onPicked,
  onSignIn,
  onOtherKey,
  onBack,
}: {
  instance: Instance;
  onPicked: (operator: Operator) => void;
  onSignIn: () => void;
  onOtherKey: () => void;
  /** Leaves who acts as it was; undefined while nobody acts. */
  onBack?: (() => void) | undefined;
}) {
  const candidates = useCandidates();
  const [outside, setOutside] = useState(false);
  return (
    <div className="m-auto flex w-full max-w-168 flex-col px-4 py-6" data-env={environmentOf(instance)}>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <div className="flex h-7 w-fit items-center gap-2 rounded-md border border-env-line bg-env-tint px-1.25 pr-2 text-12">
          <InstanceLetter instance={instance} className="size-5 rounded-sm text-11" />
          <bdi className="font-semibold">{instance.name}</bdi>
          <span className="caps text-env-ink">
            <EnvironmentName instance={instance} />
          </span>
          {instance.keyHint ? (
            <span className="border-l border-env-line pl-2 text-ink-2">
              {t("connect.identity.connectedWith")} <span className="font-id">{instance.keyHint}</span>
            </span>
          ) : null}
        </div>
        <Button variant="link" onClick={onOtherKey}>
          {t("connect.identity.otherKey")}
        </Button>
      </div>
      <h1 className="mt-4 text-20 font-bold tracking-[-0.01em]">
        {t(outside ? "connect.identity.outsideTitle" : "connect.identity.title")}
      </h1>
      <p className="mt-1 text-ink-2">{t("connect.identity.about")}</p>

      {outside ? (
        <OutsiderForm
          instance={instance}
          typed={candidates.text.trim()}
          onPicked={onPicked}
          onBack={() => setOutside(false)}
        />
      ) : (
        <IdentityList
          instance={instance}
          candidates={candidates}
          onPicked={onPicked}
          onSignIn={onSignIn}
          onOutside={() => setOutside(true)}
          onBack={onBack}
        />
      )}
    </div>
  );
}
