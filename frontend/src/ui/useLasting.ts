import { useEffect, useState } from "react";

/**
 * Whether something has gone on for so many milliseconds: what comes and goes
 * faster than an eye follows would only flicker, and hold up what it waits for.
 */
export function useLasting(goesOn: boolean, after: number): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!goesOn) return undefined;
    let hasLasted = false;
    const timer = setTimeout(() => {
      hasLasted = true;
      setLasts(true);
    }, after);
    return () => {
      clearTimeout(timer);
      // React would draw once more to find out that nothing is other than before.
      if (hasLasted) setLasts(false);
    };
  }, [goesOn, after]);
  return goesOn && lasts;
}
