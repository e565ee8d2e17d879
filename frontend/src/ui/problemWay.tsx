import { createContext, type ReactNode, useContext } from "react";
import type { Problem } from "@/backend/problem";

/** Gives the button that leads on from a failure; null where there is none. */
export type WayOn = (problem: Problem) => ReactNode;

const WayContext = createContext<WayOn | null>(null);

/** Says what the notices below offer; null offers nothing. */
export function ProblemWayProvider({ value, children }: { value: WayOn | null; children: ReactNode }) {
  return <WayContext value={value}>{children}</WayContext>;
}

export function useWayOn(): WayOn | null {
  return useContext(WayContext);
}
