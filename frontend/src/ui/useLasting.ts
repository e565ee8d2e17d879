import { useEffect, useState } from "react";

/**
 * Whether something has gone on for so many milliseconds. A sign that comes and goes
 * faster than an eye follows would only flicker, and hold up what it waits for.
 */
export function useLasting(goesOn: boolean, after: number): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!goesOn) return undefined;
    const timer = setTimeout(() => setLasts(true), after);
    return () => {
      clearTimeout(timer);
      setLasts(false);
    };
  }, [goesOn, after]);
  return goesOn && lasts;
}
