import { useEffect } from "react";
import { useBackend } from "@/backend/BackendProvider";

/** So often at most is Go told. It decides when nobody was here for too long. */
const everyMS = 10_000;

/** Tells Go that somebody uses the window, so that it does not lock itself. */
export function useReportUse(): void {
  const backend = useBackend();
  useEffect(() => {
    let told = Number.NEGATIVE_INFINITY;
    const onUse = () => {
      const now = performance.now();
      if (now - told < everyMS) return;
      told = now;
      backend.reportUse().catch(() => undefined); // Go locks too early then, which is safe
    };
    const uses = ["keydown", "pointerdown", "pointermove", "wheel"] as const;
    for (const use of uses) window.addEventListener(use, onUse, { capture: true, passive: true });
    return () => {
      for (const use of uses) window.removeEventListener(use, onUse, { capture: true });
    };
  }, [backend]);
}
