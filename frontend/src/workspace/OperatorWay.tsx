import type { Problem } from "@/backend/problem";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { useWorkspace } from "./workspace";

/** The way on from a failure that is about who acts; nothing for any other. */
export function OperatorWay({ problem }: { problem: Problem }) {
  const { signIn, identifyAgain } = useWorkspace();
  switch (problem.code) {
    case "sign_in_required":
      return <Button onClick={signIn}>{t("operator.signIn")}</Button>;
    case "operator_gone":
    case "operator_missing":
      return <Button onClick={identifyAgain}>{t("operator.choose")}</Button>;
    default:
      return null;
  }
}
