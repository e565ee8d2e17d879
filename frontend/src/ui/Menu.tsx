import { Menu as Base } from "@base-ui/react/menu";
import { Check, type LucideIcon } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { cx } from "./cx";
import { Icon } from "./Icon";
import { Kbd } from "./Kbd";

/** A button and the menu that it opens. */
export function Menu({
  trigger,
  children,
  align = "start",
  open,
  onOpenChange,
  finalFocus,
  className,
}: {
  /** The button. */
  trigger: ReactElement;
  children: ReactNode;
  align?: "start" | "end";
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** Returns the element that gets the focus when the menu closes; true means the one that opened it. */
  finalFocus?: () => HTMLElement | true;
  className?: string;
}) {
  return (
    <Base.Root
      modal={false}
      {...(open === undefined ? {} : { open })}
      {...(onOpenChange ? { onOpenChange: (next: boolean) => onOpenChange(next) } : {})}
    >
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className="z-50">
          <Base.Popup
            {...(finalFocus ? { finalFocus } : {})}
            className={cx(
              "min-w-50 rounded-lg bg-raised p-1.25 shadow-pop outline-none transition-opacity duration-90 data-ending-style:opacity-0 data-starting-style:opacity-0",
              className,
            )}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export function MenuItem({
  icon,
  shortcut,
  danger = false,
  onSelect,
  children,
}: {
  icon?: LucideIcon;
  shortcut?: string;
  danger?: boolean;
  onSelect: () => void;
  children: ReactNode;
}) {
  return (
    <Base.Item
      onClick={onSelect}
      className={cx(
        "flex min-h-7.5 items-center gap-2.5 rounded-md px-2 py-1 outline-none data-highlighted:bg-sel",
        danger && "text-danger",
      )}
    >
      {icon ? <Icon icon={icon} className={danger ? "" : "text-ink-2"} /> : null}
      <span className="min-w-0 flex-1">{children}</span>
      {shortcut ? <Kbd>{shortcut}</Kbd> : null}
    </Base.Item>
  );
}

/** A choice that stays on or off; choosing it leaves the menu open. */
export function MenuCheck({
  checked,
  onChange,
  children,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}) {
  return (
    <Base.CheckboxItem
      checked={checked}
      onCheckedChange={(next) => onChange(next)}
      className="flex min-h-7.5 items-center gap-2.5 rounded-md px-2 py-1 outline-none data-highlighted:bg-sel"
    >
      <span
        className={cx(
          "flex size-4 items-center justify-center rounded-sm border",
          checked ? "border-accent bg-accent text-on-accent" : "border-line-2",
        )}
      >
        {checked ? <Icon icon={Check} className="size-3" /> : null}
      </span>
      <span className="min-w-0 flex-1">{children}</span>
    </Base.CheckboxItem>
  );
}

/** Items under a heading of their own. */
export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 pt-1.5 pb-0.5 text-11 font-semibold text-ink-2">
        {label}
      </Base.GroupLabel>
      {children}
    </Base.Group>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="mx-2 my-1.25 h-px bg-line" />;
}
