import { useQuery } from "@tanstack/react-query";
import { Copy, ExternalLink, ShieldCheck } from "lucide-react";
import { useRef, useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { Instance } from "@/backend/instances";
import type { Operator, SignedIn, SignIn } from "@/backend/operator";
import { problemFrom } from "@/backend/problem";
import { formatMoment } from "@/text/format";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { CancelButton } from "@/ui/CancelButton";
import { Countdown } from "@/ui/Countdown";
import { Dialog, DialogTitle } from "@/ui/Dialog";
import { Icon } from "@/ui/Icon";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { signInQuery } from "@/workspace/queries";
import { SetUpSignIn } from "./SetUpSignIn";
import { useSignIn } from "./useSignIn";

interface Props {
  instance: Instance;
  /** The operator until then; its id is "" if nobody acts. */
  operator: Operator;
  onSignedIn: (operator: Operator) => void;
  onClose: () => void;
}

/** Proves who the operator is: sets up the sign-in if need be, then waits for the browser. */
export function SignInDialog(props: Props) {
  const setup = useQuery(signInQuery(useBackend()));
  const [changing, setChanging] = useState(false);
  const { instance, onClose } = props;

  if (setup.error) {
    return (
      <Dialog open above onClose={onClose}>
        <DialogTitle>{t("operator.title")}</DialogTitle>
        <ProblemNotice
          key={setup.errorUpdatedAt}
          problem={setup.error.problem}
          onRetry={() => void setup.refetch()}
          className="mt-3"
        />
      </Dialog>
    );
  }
  if (!setup.data) return null;
  return setup.data.clientID === "" || changing ? (
    <SetUpSignIn
      instance={instance}
      signIn={setup.data}
      onReady={() => setChanging(false)}
      onClose={onClose}
    />
  ) : (
    <Flow {...props} signIn={setup.data} onChange={() => setChanging(true)} />
  );
}

function Flow({
  instance,
  operator,
  signIn,
  onSignedIn,
  onChange,
  onClose,
}: Props & { signIn: SignIn; onChange: () => void }) {
  const [before] = useState(operator);
  const open = useRef<HTMLButtonElement>(null);
  const flow = useSignIn((result) => {
    onSignedIn(result.operator);
    if (!isSurprising(before, result)) onClose();
  });
  if (flow.signedIn) return <Done before={before} signedIn={flow.signedIn} onClose={onClose} />;

  const name = before.name || before.email;
  const copyLink = (
    <Button icon={Copy} onClick={() => flow.start("link")}>
      {t("operator.copyLink")}
    </Button>
  );
  return (
    <Dialog
      open
      above
      onClose={flow.waiting ? flow.stop : onClose}
      initialFocus={open}
      foot={
        flow.waiting ? (
          <>
            {flow.by === "browser" ? copyLink : null}
            <span className="ml-auto">
              <CancelButton onCancel={flow.stop} />
            </span>
          </>
        ) : (
          <>
            {copyLink}
            <Button className="ml-auto" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button ref={open} variant="primary" icon={ExternalLink} onClick={() => flow.start("browser")}>
              {t("operator.open")}
            </Button>
          </>
        )
      }
    >
      <DialogTitle>
        {t(
          !flow.waiting ? "operator.title" : flow.by === "link" ? "operator.waitingLink" : "operator.waiting",
        )}
      </DialogTitle>
      {flow.waiting ? (
        <>
          <p role="status" className="mt-1.5 text-ink-2">
            {t(flow.by === "link" ? "operator.waitingLinkAbout" : "operator.waitingAbout")}
          </p>
          <p className="mt-3 text-12 text-ink-2">
            <Countdown until={flow.until} label={t("operator.leftLabel")} /> {t("operator.left")}
          </p>
        </>
      ) : (
        <>
          <p className="mt-1.5 text-ink-2">{t("operator.about", { name: instance.name })}</p>
          {name ? <p className="mt-1.5 text-ink-2">{t("operator.differs", { name: name })}</p> : null}
          {flow.problem ? (
            <ProblemNotice
              key={flow.attempts}
              problem={flow.problem}
              onRetry={() => flow.start(flow.by)}
              className="mt-3"
            />
          ) : null}
          <p className="mt-3.5 flex items-baseline gap-1.5 text-12 text-ink-3">
            {t("operator.client")}
            <span className="min-w-0 truncate font-id text-ink-2 select-text">{signIn.clientID}</span>
            <Button variant="link" size="inline" onClick={onChange}>
              {t("operator.change")}
            </Button>
          </p>
        </>
      )}
    </Dialog>
  );
}

/** Whether there is more to say than the foot of the sidebar does. */
function isSurprising(before: Operator, { operator, problem }: SignedIn): boolean {
  // Go's nil arrives as null.
  return Boolean(problem) || (before.id !== "" && before.id !== operator.id);
}

function Done({
  before,
  signedIn: { operator, problem },
  onClose,
}: {
  before: Operator;
  signedIn: SignedIn;
  onClose: () => void;
}) {
  const done = useRef<HTMLButtonElement>(null);
  const name = before.name || before.email || before.id;
  return (
    <Dialog
      open
      above
      onClose={onClose}
      initialFocus={done}
      foot={
        <Button ref={done} variant="primary" className="ml-auto" onClick={onClose}>
          {t("operator.doneButton")}
        </Button>
      }
    >
      <div className="flex items-center gap-2">
        <Icon icon={ShieldCheck} className="size-4.5 text-ok" />
        <DialogTitle>
          {t("operator.done", { name: operator.name || operator.email || operator.id })}
        </DialogTitle>
      </div>
      <p className="mt-1.5 text-ink-2">
        {t("operator.doneAbout", { until: formatMoment(operator.verifiedUntil) })}
      </p>
      {before.id !== "" && before.id !== operator.id ? (
        <p className="mt-1.5 text-ink-2">{t("operator.doneDiffers", { name: name })}</p>
      ) : null}
      {problem ? <ProblemNotice problem={problemFrom(problem)} className="mt-3" /> : null}
    </Dialog>
  );
}
