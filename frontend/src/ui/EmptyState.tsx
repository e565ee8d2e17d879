import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./Icon";

/** Says in a pane with nothing to list what that means, and what can be done about it. */
export function EmptyState({
  icon,
  title,
  heading: Heading = "h2",
  children,
  actions,
  foot,
}: {
  icon: LucideIcon;
  title: string;
  /** `h1` where the window has no other. */
  heading?: "h1" | "h2";
  children: ReactNode;
  actions?: ReactNode;
  foot?: ReactNode;
}) {
  return (
    <div className="m-auto flex max-w-105 flex-col items-center p-6 text-center">
      <span className="mb-4 flex size-13 items-center justify-center rounded-xl border border-line bg-sunken text-ink-2">
        <Icon icon={icon} className="size-5.5" />
      </span>
      <Heading className="text-15 font-semibold">{title}</Heading>
      <div className="mt-1.5 text-balance text-ink-2">{children}</div>
      {actions ? <div className="mt-4.5 flex flex-wrap justify-center gap-2">{actions}</div> : null}
      {foot ? <div className="mt-5 text-12 text-ink-3">{foot}</div> : null}
    </div>
  );
}
