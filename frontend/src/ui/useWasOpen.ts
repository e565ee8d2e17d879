import { useState } from "react";

/**
 * Whether it is open, or was: what never was is not drawn, and what closes may
 * take its time. A start draws none of the dialogs and menus that the window has.
 */
export function useWasOpen(open: boolean): boolean {
  const [was, setWas] = useState(open);
  if (open && !was) setWas(true);
  return was || open;
}
