import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { Instance } from "@/backend/instances";
import type { ConnectionFlow } from "@/features/connect/useConnection";
import type { Place } from "@/workspace/workspace";

const start: Place = { section: "users", query: "", user: "" };

interface Places {
  /** Where to begin in an instance that comes into use. */
  of: (instance: Instance) => Place;
  /** Notes where the operator is. */
  stay: (place: Partial<Place>) => void;
  /** Notes where they went while an instance is still being opened, to be there when it is. */
  goAhead: (instance: Instance, place: Partial<Place>) => void;
  /** Begins with a search in the instance that is used next, or at the start. */
  plan: (instance: Instance, query: string | undefined) => void;
}

/**
 * Where the operator is, and where they go on: after a lock where they were, when
 * they search on in another instance with that search. Hears of locks as well,
 * since with them the place would be lost.
 */
export function usePlaces(flow: ConnectionFlow): Places {
  const backend = useBackend();
  const here = useRef(start);
  const [planned, setPlanned] = useState<{ instance: string; place: Place }>();

  const onLocked = useEffectEvent(() => {
    if (flow.current) setPlanned({ instance: flow.current.connection.instance.id, place: here.current });
    flow.lock();
  });
  useEffect(() => backend.onLocked(() => onLocked()), [backend]);

  const of = (instance: Instance) => (planned?.instance === instance.id ? planned.place : start);
  return {
    of,
    goAhead: (instance, place) => setPlanned({ instance: instance.id, place: { ...of(instance), ...place } }),
    stay: (place) => {
      here.current = { ...here.current, ...place };
    },
    plan: (instance, query) =>
      setPlanned(query === undefined ? undefined : { instance: instance.id, place: { ...start, query } }),
  };
}
