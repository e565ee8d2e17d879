import type { ComponentProps } from "react";
import { cx } from "./cx";

/** How every box looks that is typed into. */
export const textLook =
  "block base:w-full rounded-md border border-line-2 bg-surface px-2.5 base:py-1.75 select-text placeholder:text-ink-3 focus:border-accent focus:ring-2 focus:ring-sel focus:outline-hidden aria-invalid:border-danger";

/** One line of text. */
export function TextInput({ className, ...rest }: ComponentProps<"input">) {
  return (
    <input
      type="text"
      autoComplete="off"
      spellCheck={false}
      className={cx(textLook, "base:h-7.5 py-0", className)}
      {...rest}
    />
  );
}
