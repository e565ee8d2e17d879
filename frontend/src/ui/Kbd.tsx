import { cx } from "./cx";

/** Keys, as a hint beside what they do. Not read aloud: the name of a button stays its words. */
export function Kbd({ children, onAccent = false }: { children: string; onAccent?: boolean }) {
  return (
    <kbd
      aria-hidden
      className={cx(
        "inline-flex h-4.5 items-center rounded-sm border px-1.25 font-sans text-11 font-medium",
        onAccent ? "border-transparent bg-accent-key text-on-accent" : "border-line-2 bg-raised text-ink-2",
      )}
    >
      {children}
    </kbd>
  );
}
