import { useQuery } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import { environmentOf, type Start } from "@/backend/instances";
import { LockScreen } from "@/features/connect/LockScreen";
import type { ConnectionFlow } from "@/features/connect/useConnection";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { Appearance } from "./appearance";
import { ClosingDialog } from "./ClosingDialog";
import { OutsideFrame } from "./OutsideFrame";
import { lockedQuery } from "./queries";

/** All there is of the window while Understudy is locked. */
export function LockedWindow({ start, flow }: { start: Start; flow: ConnectionFlow }) {
  const { data, error, errorUpdatedAt, refetch } = useQuery(lockedQuery(useBackend()));
  return (
    <>
      <Appearance environment={data && environmentOf(data.instance)} />
      <OutsideFrame start={start} instance={data?.instance}>
        {data ? <LockScreen start={start} locked={data} flow={flow} /> : null}
        {error ? (
          <ProblemNotice
            key={errorUpdatedAt}
            problem={error.problem}
            className="m-auto w-110 max-w-full"
            onRetry={() => void refetch()}
          />
        ) : null}
      </OutsideFrame>
      <ClosingDialog locked={data?.running.length ?? 0} />
    </>
  );
}
