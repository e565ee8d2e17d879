import { useMutation } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { useBackend } from "@/backend/BackendProvider";
import type { Problem } from "@/backend/problem";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { useToast } from "@/ui/Toast";
import { useWorkspace } from "./workspace";

/** The way on from a failure that somebody must do something about; nothing for any other. */
export function ProblemWay({ problem }: { problem: Problem }) {
  const { instance, start, signIn, identifyAgain, askForKey } = useWorkspace();
  switch (problem.code) {
    case "sign_in_required":
      return <Button onClick={signIn}>{t("operator.signIn")}</Button>;
    case "operator_gone":
    case "operator_missing":
      return <Button onClick={identifyAgain}>{t("operator.choose")}</Button>;
    case "key_refused":
      return <Button onClick={() => askForKey(instance)}>{t("instance.replaceKey")}</Button>;
    case "impersonation_limit":
    case "plan_lacks_impersonation":
      // Another server has no plan at Clerk.
      return start.apiURL === "" ? <OpenBilling /> : null;
    default:
      return null;
  }
}

/** The same for every notice below a provider. */
export function wayOn(problem: Problem) {
  return <ProblemWay problem={problem} />;
}

function OpenBilling() {
  const backend = useBackend();
  const toast = useToast();
  const open = useMutation({
    mutationFn: () => backend.openBilling(),
    onError: ({ problem }) => toast.show({ title: problem.message, children: problem.next }),
  });
  return (
    <Button icon={ExternalLink} onClick={() => open.mutate()}>
      {t("problem.openBilling")}
    </Button>
  );
}
