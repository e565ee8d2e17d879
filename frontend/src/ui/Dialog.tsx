import { AlertDialog as AlertBase } from "@base-ui/react/alert-dialog";
import { Dialog as Base } from "@base-ui/react/dialog";
import { type ReactNode, type RefObject, useLayoutEffect, useRef } from "react";
import { ActionBarrier } from "@/actions/ActionProvider";
import { Button } from "./Button";
import { cx } from "./cx";

const backdrop =
  "fixed inset-0 base:z-40 bg-scrim transition-opacity duration-160 data-ending-style:opacity-0 data-starting-style:opacity-0";
const popup =
  "pointer-events-auto flex max-h-full flex-col overflow-hidden rounded-xl bg-raised shadow-pop outline-none transition duration-160 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0";
const place = "pointer-events-none fixed inset-0 base:z-50 flex items-center justify-center p-4";

/**
 * Base UI moves the focus a frame after a dialog is drawn: keys until then would land
 * in the screen below. This moves it before the next key, once Base UI has noted where
 * it leads back to.
 */
function Modal({ first, all }: Record<"first" | "all", RefObject<HTMLElement | null>>) {
  useLayoutEffect(() => queueMicrotask(() => (first.current ?? all.current)?.focus()), [first, all]);
  return <ActionBarrier />;
}

interface DialogProps {
  open: boolean;
  onClose: () => void;
  initialFocus?: RefObject<HTMLElement | null>;
  banner?: ReactNode;
  /** The ids of what is read out with its name. */
  describedBy?: string | undefined;
  foot?: ReactNode;
  wide?: boolean;
  /** As wide as two columns of text. */
  widest?: boolean;
  /** Over another dialog. */
  above?: boolean;
  children: ReactNode;
}

/**
 * A modal dialog. `banner` and `foot` stay where they are; the middle scrolls
 * when the window is low. Closing is asked for through `onClose`, which may
 * refuse by doing nothing.
 */
export function Dialog({
  open,
  onClose,
  initialFocus,
  banner,
  describedBy,
  foot,
  wide = false,
  widest = false,
  above = false,
  children,
}: DialogProps) {
  const popupRef = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())} disablePointerDismissal>
      <Base.Portal>
        <Base.Backdrop className={cx(backdrop, above && "z-60")} />
        <Base.Viewport className={cx(place, above && "z-70")}>
          <Base.Popup
            ref={popupRef}
            className={cx(popup, widest ? "w-190" : wide ? "w-130" : "w-110")}
            {...(initialFocus ? { initialFocus } : {})}
            {...(describedBy ? { "aria-describedby": describedBy } : {})}
          >
            {open ? <Modal first={initialFocus ?? popupRef} all={popupRef} /> : null}
            {banner}
            <div className="min-h-0 flex-1 overflow-y-auto p-5">{children}</div>
            {foot ? (
              <div className="flex items-center gap-2 border-t border-line bg-sunken px-5 py-3">{foot}</div>
            ) : null}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

interface ConfirmProps {
  open: boolean;
  title: string;
  children: ReactNode;
  no: string;
  yes: string;
  danger?: boolean;
  onNo: () => void;
  onYes: () => void;
}

/** Asks before something that cannot be taken back. Esc and the first button mean no. */
export function Confirm({ open, title, children, no, yes, danger = true, onNo, onYes }: ConfirmProps) {
  const popupRef = useRef<HTMLDivElement>(null);
  return (
    <AlertBase.Root open={open} onOpenChange={(next) => (next ? undefined : onNo())}>
      <AlertBase.Portal>
        <AlertBase.Backdrop className={cx(backdrop, "z-60")} />
        <AlertBase.Viewport className={cx(place, "z-70")}>
          <AlertBase.Popup ref={popupRef} className={cx(popup, "w-95")}>
            {open ? <Modal first={popupRef} all={popupRef} /> : null}
            <div className="p-5">
              <AlertBase.Title className="text-15 font-semibold wrap-anywhere">{title}</AlertBase.Title>
              <AlertBase.Description render={<div />} className="mt-1.5 wrap-anywhere text-ink-2">
                {children}
              </AlertBase.Description>
            </div>
            <div className="flex justify-end gap-2 border-t border-line bg-sunken px-5 py-3">
              <Button onClick={onNo}>{no}</Button>
              <Button variant={danger ? "danger" : "primary"} onClick={onYes}>
                {yes}
              </Button>
            </div>
          </AlertBase.Popup>
        </AlertBase.Viewport>
      </AlertBase.Portal>
    </AlertBase.Root>
  );
}

/** The title of a {@link Dialog}: its accessible name. */
export function DialogTitle({ className, children }: { className?: string; children: ReactNode }) {
  return <Base.Title className={cx("text-15 font-semibold wrap-anywhere", className)}>{children}</Base.Title>;
}
