import { cva, type VariantProps } from "class-variance-authority";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./Icon";

const look = cva(
  "inline-flex h-4.5 items-center gap-1 rounded-sm px-1.25 text-11 font-semibold whitespace-nowrap",
  {
    variants: {
      tone: {
        neutral: "bg-press text-ink-2",
        accent: "bg-sel text-accent-ink",
        ok: "bg-ok-bg text-ok",
        warn: "bg-warn-bg text-warn",
        danger: "bg-danger-bg text-danger",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

interface TagProps extends VariantProps<typeof look> {
  icon?: LucideIcon;
  children: ReactNode;
}

export function Tag({ tone, icon, children }: TagProps) {
  return (
    <span className={look({ tone })}>
      {icon ? <Icon icon={icon} className="size-3" /> : null}
      {children}
    </span>
  );
}
