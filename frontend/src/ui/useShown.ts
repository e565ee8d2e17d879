import { useEffect, useState } from "react";
import { afterFrame } from "./afterFrame";

/**
 * The value that was on screen in the last frame: for what goes with a new one
 * but need not hold it up.
 */
export function useShown<T>(value: T): T {
  const [shown, setShown] = useState(value);
  useEffect(() => afterFrame(() => setShown(value)), [value]);
  return shown;
}
