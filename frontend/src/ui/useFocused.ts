import { useSyncExternalStore } from "react";

/** Whether the operator is working in the window. */
export function useFocused(): boolean {
  return useSyncExternalStore(subscribe, () => document.hasFocus());
}

function subscribe(changed: () => void): () => void {
  window.addEventListener("focus", changed);
  window.addEventListener("blur", changed);
  return () => {
    window.removeEventListener("focus", changed);
    window.removeEventListener("blur", changed);
  };
}
