import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { afterFrame } from "./afterFrame";

const IsPainted = createContext(true);

/** Knows for the window below whether its first frame is on screen. */
export function FirstPaint({ children }: { children: ReactNode }) {
  const [isPainted, setPainted] = useState(false);
  useEffect(() => afterFrame(() => setPainted(true)), []);
  return <IsPainted value={isPainted}>{children}</IsPainted>;
}

/** Returns whether the first frame is on screen: always without a {@link FirstPaint} above. */
export function useIsPainted(): boolean {
  return useContext(IsPainted);
}

/**
 * Draws its children with the second frame. A start shows its rows in the first:
 * all that stands around them takes as long to draw again.
 */
export function AfterFirstPaint({ children }: { children: ReactNode }): ReactNode {
  return useIsPainted() ? children : null;
}
