import type { LucideIcon } from "lucide-react";
import { memo } from "react";
import { cx } from "./cx";

/** A Lucide icon of 16 px that means nothing by itself: words stand beside it. */
export const Icon = memo(function Icon({
  icon: Drawing,
  className,
}: {
  icon: LucideIcon;
  className?: string;
}) {
  return <Drawing aria-hidden className={cx("base:size-4 shrink-0", className)} strokeWidth={1.75} />;
});
