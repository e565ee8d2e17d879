import { cx } from "./cx";

/** The place of something that is still coming. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span aria-hidden className={cx("block base:h-2 animate-pulse base:rounded-full bg-press", className)} />
  );
}
