import { useEffect, useState } from "react";

/**
 * The value that was on screen in the last frame: for what goes with a new one
 * but need not hold it up.
 */
export function useShown<T>(value: T): T {
  const [shown, setShown] = useState(value);
  useEffect(() => {
    // The engine comes to the next task after the frame.
    let task: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      task = setTimeout(() => setShown(value));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(task);
    };
  }, [value]);
  return shown;
}
