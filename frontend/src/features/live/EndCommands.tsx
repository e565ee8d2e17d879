import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAction, useIdleAction } from "@/actions/ActionProvider";
import { useBackend } from "@/backend/BackendProvider";
import { t } from "@/text/i18n";
import { mineOf } from "@/workspace/impersonations";
import { liveQuery } from "@/workspace/queries";
import { EndAll } from "./EndAll";
import { useEndAndTell } from "./useEndAndTell";

/** Ends what is the operator's when a key or a command asks for it, in every section. */
export function EndCommands() {
  const live = useQuery(liveQuery(useBackend())).data;
  const end = useEndAndTell();
  const [confirming, setConfirming] = useState(false);
  const { active, elsewhere } = mineOf(live);
  const all = [...active, ...elsewhere];
  const newest = active.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))[0];
  // A second press does not end the one before as well, which may still be needed.
  useAction("endNewest", () => newest && !end.isPending && end.start(newest), newest !== undefined);
  useIdleAction("endNewest", live && newest === undefined ? t("live.nothingToEnd") : undefined);
  useAction("endAll", () => setConfirming(true), all.length > 0);
  return (
    <EndAll
      count={confirming ? all.length : 0}
      elsewhere={elsewhere.length}
      users={all.map(({ userID }) => userID)}
      onDone={() => setConfirming(false)}
    />
  );
}
