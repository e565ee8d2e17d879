import { ShieldAlert } from "lucide-react";
import { useState } from "react";
import type { AddressCheck, Instance } from "@/backend/instances";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Confirm } from "@/ui/Dialog";
import { EmptyState } from "@/ui/EmptyState";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { ForgetInstance } from "./ForgetInstance";
import type { ConnectionFlow } from "./useConnection";

/** In place of an instance that signs in elsewhere than when it was connected. */
export function AddressScreen({
  instance,
  address,
  flow,
  onForgotten,
  onOther,
}: {
  instance: Instance;
  address: AddressCheck;
  flow: ConnectionFlow;
  onForgotten: (id: string) => void;
  onOther: () => void;
}) {
  const [asking, setAsking] = useState<"trust" | "forget" | null>(null);
  const busy = flow.attempt !== null;
  const stop = () => setAsking(null);
  return (
    <div role="alert" className="m-auto flex flex-col items-center p-4">
      <EmptyState icon={ShieldAlert} heading="h1" title={t("connect.address.title", { name: instance.name })}>
        <p>{t("connect.address.about")}</p>
      </EmptyState>
      <dl className="grid w-115 max-w-full grid-cols-[8rem_1fr] gap-y-1.5 border-y border-line py-3.5 text-12">
        <dt className="text-ink-3">{t("connect.address.pinned")}</dt>
        <dd className="font-id break-all select-text">{address.pinned.join(", ")}</dd>
        <dt className="text-ink-3">{t("connect.address.now")}</dt>
        <dd className="font-id font-semibold break-all text-warn select-text">{address.now.join(", ")}</dd>
      </dl>
      {flow.failed ? (
        <ProblemNotice
          key={flow.failed.number}
          problem={flow.failed.problem}
          className="mt-4 w-115 max-w-full"
        />
      ) : null}
      <div className="mt-4.5 flex flex-wrap justify-center gap-2">
        <Button variant="danger" disabled={busy} onClick={() => setAsking("forget")}>
          {t("instance.forget", { name: instance.name })}
        </Button>
        <Button disabled={busy} onClick={onOther}>
          {t("connect.address.other")}
        </Button>
        <Button disabled={busy} onClick={() => setAsking("trust")}>
          {t(busy ? "connect.address.trusting" : "connect.address.trust")}
        </Button>
      </div>
      <Confirm
        open={asking === "trust"}
        title={t("connect.address.confirm")}
        no={t("cancel")}
        yes={t("connect.address.yes")}
        onNo={stop}
        onYes={() => {
          stop();
          flow.connect({ by: "trust", shown: address.now });
        }}
      >
        {t("connect.address.confirmAbout", { address: address.now.join(", ") })}
      </Confirm>
      <ForgetInstance
        instance={asking === "forget" ? instance : null}
        onDone={stop}
        onForgotten={onForgotten}
      />
    </div>
  );
}
