import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { t } from "@/text/i18n";
import { Icon } from "@/ui/Icon";
import { Message } from "@/ui/Message";
import { useNow } from "@/ui/useNow";
import { liveQuery } from "@/workspace/queries";
import { Foot, Told } from "./OneStarted";
import { isDecision, isSettled, type Seen, see, titleOf } from "./phase";
import { SeveralFoot, SeveralStarted } from "./SeveralStarted";
import { type Started, useStarted } from "./started";
import { useWayName } from "./ways";

/** A message goes so long after there is nothing left to do about it, in milliseconds. */
const leaveMS = 6_000;

/** Tells what becomes of the impersonations that were started in this window: of one, or of all in one list. */
export function StartedMessages() {
  const { all } = useStarted();
  return all.length > 0 ? <Card all={all} /> : null;
}

function Card({ all }: { all: readonly Started[] }) {
  const { drop } = useStarted();
  const wayName = useWayName();
  const items = useQuery(liveQuery(useBackend())).data?.items ?? [];
  const now = useNow();
  const [picked, setPicked] = useState("");
  /** The way that is chosen for a link that was not opened. */
  const [chosen, setChosen] = useState("");

  const seen = all
    .map((one) => see(one, items, now))
    .toSorted((a, b) => Number(isDecision(b)) - Number(isDecision(a)));
  const one = seen.length === 1 ? seen[0] : seen.find(({ item }) => item.id === picked);
  const settled = seen.filter(isSettled);
  const leave = {
    after: settled.length > 0 ? leaveMS : 0,
    since: settled.map(({ item, phase }) => `${item.id} ${phase}`).join(", "),
    act: () => drop(idsOf(settled)),
  };
  const decision = one ? isDecision(one) : seen.some(isDecision);
  return (
    <Message
      title={one ? titleOf(one, wayName(one.way)) : titleOfSeveral(seen, wayName)}
      icon={decision ? <Icon icon={TriangleAlert} className="mt-0.75 text-warn" /> : null}
      quiet
      wide={one?.phase === "notOpened"}
      leave={leave}
      onClose={() => drop(idsOf(one ? [one] : seen))}
      foot={
        one ? (
          <Foot seen={one} chosen={chosen} onAll={seen.length > 1 ? () => setPicked("") : undefined} />
        ) : (
          <SeveralFoot />
        )
      }
    >
      {one ? (
        <Told seen={one} chosen={chosen} onChoose={setChosen} />
      ) : (
        <SeveralStarted
          all={seen}
          onPick={(id) => {
            setPicked(id);
            setChosen("");
          }}
        />
      )}
    </Message>
  );
}

function idsOf(seen: readonly Seen[]): string[] {
  return seen.map(({ item }) => item.id);
}

/** Says what has to be decided before all else. */
function titleOfSeveral(seen: readonly Seen[], wayName: (id: string) => string): string {
  const [first] = seen;
  if (first && isDecision(first))
    return t("impersonate.severalAnd", {
      title: titleOf(first, wayName(first.way)),
      count: seen.length - 1,
    });
  const words = seen.every(({ phase }) => phase === "signedIn")
    ? "impersonate.allSignedIn"
    : "impersonate.several";
  return t(words, { count: seen.length });
}
