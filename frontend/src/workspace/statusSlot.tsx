/** A place in the status bar for what the open section has to say about itself. */
import { createContext, type ReactNode, useCallback, useContext, useState } from "react";
import { createPortal } from "react-dom";

const Slot = createContext<HTMLElement | null>(null);

function useSlot(): HTMLElement {
  const slot = useContext(Slot);
  if (!slot) throw new Error("the status slot needs its provider above it");
  return slot;
}

/** The element is there before its place is: its contents are then drawn with everything else. */
export function StatusSlotProvider({ children }: { children: ReactNode }) {
  const [slot] = useState(() => {
    const element = document.createElement("span");
    element.className = "flex h-full min-w-0 items-center overflow-hidden";
    return element;
  });
  return <Slot value={slot}>{children}</Slot>;
}

/** The place itself. It gives way to what runs, whose End must stay in reach. */
export function StatusSlot() {
  const slot = useSlot();
  const attach = useCallback((place: HTMLElement | null) => place?.append(slot), [slot]);
  return <span ref={attach} className="contents" />;
}

/** Shows its children in the status bar. */
export function InStatusBar({ children }: { children: ReactNode }) {
  return createPortal(children, useSlot());
}
