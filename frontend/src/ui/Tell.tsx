import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import { cx } from "./cx";

/** How long a sentence is shown, in milliseconds. */
const shownMS = 5000;

const TellContext = createContext<((text: string) => void) | null>(null);

/** Says in a sentence why a key did nothing. */
export function useTell(): (text: string) => void {
  const tell = useContext(TellContext);
  if (!tell) throw new Error("useTell needs a TellProvider above it");
  return tell;
}

/** Shows the sentence above the status bar, and has it read aloud, also if it is the same once more. */
export function TellProvider({ children }: { children: ReactNode }) {
  const [told, setTold] = useState({ text: "", times: 0 });
  const tell = useCallback((text: string) => setTold(({ times }) => ({ text, times: times + 1 })), []);
  useEffect(() => {
    if (told.text === "") return undefined;
    const timer = setTimeout(() => setTold(({ times }) => ({ text: "", times })), shownMS);
    return () => clearTimeout(timer);
  }, [told]);
  return (
    <TellContext value={tell}>
      {children}
      <p
        role="status"
        className={cx(
          told.text === ""
            ? "sr-only"
            : "pointer-events-none fixed bottom-9 left-1/2 z-40 max-w-[calc(100%-1.5rem)] -translate-x-1/2 rounded-md bg-raised px-3 py-1.5 text-12 font-medium shadow-pop",
        )}
      >
        <span key={told.times}>{told.text}</span>
      </p>
    </TellContext>
  );
}
