import { useEffect, useRef, useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { decodeProblem, type Problem } from "@/backend/problem";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { Json } from "./Json";

type Shown =
  | { state: "hidden" | "loading" }
  | { state: "shown"; json: string }
  | { state: "failed"; problem: Problem };

/**
 * Private metadata, once asked for. It lives in this component alone, in no
 * cache: it is gone when the panel closes, shows somebody else (give each user
 * a key) or is left for another section.
 */
export function PrivateMetadata({ id }: { id: string }) {
  const backend = useBackend();
  const [shown, setShown] = useState<Shown>({ state: "hidden" });
  const asking = useRef<AbortController>(undefined);
  useEffect(
    () => () => {
      asking.current?.abort();
      setShown({ state: "hidden" });
    },
    [],
  );

  const ask = (): void => {
    const call = new AbortController();
    asking.current = call;
    setShown({ state: "loading" });
    backend.getPrivateMetadata(id, call.signal).then(
      (json) => call.signal.aborted || setShown({ state: "shown", json }),
      (error: unknown) => call.signal.aborted || setShown({ state: "failed", problem: decodeProblem(error) }),
    );
  };

  switch (shown.state) {
    case "shown":
      return (
        <>
          <Json title={t("users.panel.private")} json={shown.json} />
          <Button size="sm" onClick={() => setShown({ state: "hidden" })}>
            {t("users.panel.hidePrivate")}
          </Button>
        </>
      );
    case "failed":
      return <ProblemNotice problem={shown.problem} onRetry={ask} compact />;
    default:
      return (
        <Button size="sm" aria-disabled={shown.state === "loading"} onClick={ask}>
          {t("users.panel.showPrivate")}
        </Button>
      );
  }
}
