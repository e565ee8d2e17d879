import { useEffect, useState } from "react";

/** The value once it has stayed the same for so many milliseconds; until then the one before. */
export function useRested<T>(value: T, delay: number): T | undefined {
  const [rested, setRested] = useState<T>();
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return rested;
}
