/** A place in the status bar for what the open section has to say about itself. */
import { createContext, type ReactNode, useContext, useState } from "react";
import { createPortal } from "react-dom";

const Slot = createContext<{
  slot: HTMLElement | null;
  setSlot: (slot: HTMLElement | null) => void;
} | null>(null);

function useSlot() {
  const value = useContext(Slot);
  if (!value) throw new Error("the status slot needs its provider above it");
  return value;
}

export function StatusSlotProvider({ children }: { children: ReactNode }) {
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  return <Slot value={{ slot, setSlot }}>{children}</Slot>;
}

/** The place itself. It gives way to what runs, whose End must stay in reach. */
export function StatusSlot() {
  const { setSlot } = useSlot();
  return <span ref={setSlot} className="flex h-full min-w-0 items-center overflow-hidden" />;
}

/** Shows its children in the status bar. */
export function InStatusBar({ children }: { children: ReactNode }) {
  const { slot } = useSlot();
  return slot && createPortal(children, slot);
}
