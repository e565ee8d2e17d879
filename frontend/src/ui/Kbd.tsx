import { cx } from "./cx";

/**
 * Keys, as a hint beside what they do. Not read aloud: the name of a button stays
 * its words. Where the keys are the matter itself, `words` are read for them.
 */
export function Kbd({
  children,
  words = "",
  onAccent = false,
}: {
  children: string;
  words?: string;
  onAccent?: boolean;
}) {
  const look = cx(
    "inline-flex h-4.5 items-center rounded-sm border px-1.25 font-sans text-11 font-medium",
    onAccent ? "border-transparent bg-accent-key text-on-accent" : "border-line-2 bg-raised text-ink-2",
  );
  return (
    <>
      <kbd aria-hidden className={look}>
        {children}
      </kbd>
      {words === "" ? null : <kbd className="sr-only">{words}</kbd>}
    </>
  );
}
