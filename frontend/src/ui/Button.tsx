import { cva, type VariantProps } from "class-variance-authority";
import type { LucideIcon } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";
import { Icon } from "./Icon";
import { Kbd } from "./Kbd";

const look = cva(
  "inline-flex base:shrink-0 items-center justify-center base:gap-2 base:rounded-md border base:font-semibold whitespace-nowrap transition-colors duration-90 aria-disabled:opacity-50 disabled:opacity-50",
  {
    variants: {
      variant: {
        primary: "border-transparent bg-accent text-on-accent shadow-1 hover:bg-accent-2",
        secondary:
          "base:border-line-2 base:bg-raised text-ink shadow-1 hover:bg-linear-to-b hover:from-hover hover:to-hover",
        danger: "border-line-2 bg-raised text-danger shadow-1 hover:bg-danger-bg",
        ghost: "border-transparent font-medium text-ink-2 hover:bg-hover hover:text-ink active:bg-press",
        link: "border-transparent text-accent-ink underline-offset-2 hover:underline",
      },
      size: {
        sm: "base:h-6 px-2 text-12",
        md: "h-7.5 px-2.5 text-13",
        lg: "h-8.5 px-4 text-13",
        inline: "h-auto min-h-6 min-w-6 rounded-sm px-0.5 text-12",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof look> {
  icon?: LucideIcon;
  /** The keys that do the same, as {@link shortcutOf} writes them. */
  shortcut?: string;
  children: ReactNode;
}

export function Button({ variant, size, icon, shortcut, className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={cx(look({ variant, size }), className)} {...rest}>
      {icon ? <Icon icon={icon} /> : null}
      {children}
      {shortcut ? <Kbd onAccent={variant === "primary"}>{shortcut}</Kbd> : null}
    </button>
  );
}
