import { useEffectEvent, useLayoutEffect } from "react";

/**
 * Takes the keyboard when the screen is shown, before anybody can type: at its start,
 * and after another section. An element outside of the screen that has it keeps it.
 */
export function TakeFocus({ to }: { to: () => HTMLElement | null }) {
  const take = useEffectEvent(() => {
    const { activeElement: focused, body } = document;
    if (focused === null || focused === body || focused.tagName === "MAIN") to()?.focus();
  });
  useLayoutEffect(() => take(), []);
  return null;
}
