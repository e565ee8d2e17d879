import type { Impersonation } from "@/backend/impersonations";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { useEnd, wayToEnd } from "@/workspace/impersonations";

/** Cancels the link while nobody used it, ends the session after that. */
export function EndButton({ item }: { item: Impersonation }) {
  const end = useEnd(item);
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
        {t(`ends.${wayToEnd(item)}.${end.isPending ? "acting" : "act"}`)}
      </Button>
    </>
  );
}
