import { type Impersonation, stateOf } from "@/backend/backend";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { useEnd } from "@/workspace/impersonations";

/** Cancels the link while nobody used it, ends the session after that. */
export function EndButton({ item }: { item: Impersonation }) {
  const end = useEnd(item);
  const state = stateOf(item);
  const words =
    state === "live"
      ? "impersonate.end"
      : state === "unknown"
        ? "impersonate.checkAndEnd"
        : "impersonate.cancelLink";
  return (
    <>
      {end.error ? (
        <ProblemNotice
          key={end.submittedAt}
          problem={end.error.problem}
          compact
          className="basis-full text-ink"
        />
      ) : null}
      <Button variant="danger" disabled={end.isPending} onClick={() => end.mutate()}>
        {t(end.isPending ? "impersonate.ending" : words)}
      </Button>
    </>
  );
}
