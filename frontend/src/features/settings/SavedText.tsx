import { useState } from "react";
import { cx } from "@/ui/cx";
import { TextInput } from "@/ui/TextInput";

/**
 * A text that is saved when it is done: on leaving the box or with Enter. Esc
 * takes back what was typed.
 */
export function SavedText({
  label,
  value,
  placeholder,
  exact = false,
  className = "w-85",
  onSave,
}: {
  label: string;
  value: string;
  placeholder?: string;
  /** Whether each character matters: a pattern, an address, an id. */
  exact?: boolean;
  className?: string;
  onSave: (value: string) => void;
}) {
  const [typed, setTyped] = useState<string>();
  const save = () => {
    const done = typed?.trim();
    setTyped(undefined);
    if (done !== undefined && done !== value) onSave(done);
  };
  return (
    <TextInput
      aria-label={label}
      placeholder={placeholder}
      className={cx(exact && "font-id", className)}
      value={typed ?? value}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === "Enter") save();
        if (event.key !== "Escape" || typed === undefined) return;
        event.stopPropagation();
        setTyped(undefined);
      }}
    />
  );
}
