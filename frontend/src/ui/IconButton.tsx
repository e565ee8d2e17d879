import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { cx } from "./cx";
import { Icon } from "./Icon";

interface IconButtonProps extends ComponentProps<"button"> {
  icon: LucideIcon;
  /** The name of its action: read aloud, and shown on hover. */
  label: string;
  /** The icon turns while this is so. */
  busy?: boolean;
}

export function IconButton({ icon, label, busy, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={cx(
        "inline-flex base:size-7.5 shrink-0 items-center justify-center rounded-md border border-transparent text-ink-2 hover:bg-hover hover:text-ink active:bg-press disabled:opacity-50",
        className,
      )}
      {...rest}
    >
      <Icon icon={icon} className={busy ? "animate-spin" : ""} />
    </button>
  );
}
