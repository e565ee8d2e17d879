import type { ReactNode } from "react";
import { cx } from "./cx";
import { useInSight } from "./useInSight";

/**
 * One of a list below a box that keeps the focus and the keys; the pointer chooses
 * here. The one that the keys are at stays in sight.
 */
export function Option({
  id,
  active,
  onActive,
  onChoose,
  className,
  children,
}: {
  id: string;
  active: boolean;
  onActive: () => void;
  onChoose: () => void;
  className?: string;
  children: ReactNode;
}) {
  const element = useInSight(active);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the box has the keys
    <div
      ref={element}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      className={cx("flex min-h-7.5 items-center gap-2.5 rounded-md px-2", active && "bg-sel", className)}
      onPointerMove={onActive}
      onClick={onChoose}
    >
      {children}
    </div>
  );
}
