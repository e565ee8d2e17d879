import { type RefObject, useEffect, useRef } from "react";

/**
 * The form goes with a refusal and comes back after it, and the focus that was in
 * what goes would go with it: it moves to the way out, and to the first box of the
 * form. A dialog above keeps it until that closes.
 */
export function useFormFocus(
  isRefused: boolean,
  out: RefObject<HTMLElement | null>,
  box: RefObject<HTMLElement | null>,
): void {
  const was = useRef(isRefused);
  useEffect(() => {
    const comesBack = was.current && !isRefused;
    was.current = isRefused;
    if (isRefused) out.current?.focus();
    if (!comesBack) return undefined;
    const dialog = out.current?.closest("[role=dialog]");
    const listening = new AbortController();
    const take = (): void => {
      const around = document.activeElement?.closest("[role=dialog]") ?? dialog;
      if (around !== dialog) return;
      listening.abort();
      box.current?.focus();
    };
    document.addEventListener("focusin", take, listening);
    take();
    return () => listening.abort();
  }, [isRefused, out, box]);
}
