import type { ReactNode } from "react";
import { later } from "./later";
import { type PopupTrigger, usePopup } from "./usePopup";

const MenuPopup = later(() => import("./menuParts").then((parts) => parts.MenuPopup));

export const MenuItem = later(() => import("./menuParts").then((parts) => parts.MenuItem));

/** A choice that stays on or off; choosing it leaves the menu open. */
export const MenuCheck = later(() => import("./menuParts").then((parts) => parts.MenuCheck));

/** Items under a heading of their own. */
export const MenuGroup = later(() => import("./menuParts").then((parts) => parts.MenuGroup));

export const MenuSeparator = later(() => import("./menuParts").then((parts) => parts.MenuSeparator));

/** A button and the menu that it opens. */
export function Menu({
  renderTrigger,
  children,
  align = "start",
  open,
  onOpenChange,
  finalFocus,
  className,
}: {
  renderTrigger: (given: PopupTrigger) => ReactNode;
  /** What is in it. */
  children: () => ReactNode;
  align?: "start" | "end";
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** What gets the focus when the menu closes, null: what opened it. */
  finalFocus?: () => HTMLElement | null;
  className?: string;
}) {
  const popup = usePopup("menu", open, onOpenChange);
  return (
    <>
      {renderTrigger(popup.given)}
      {popup.isDrawn ? (
        <MenuPopup popup={popup} align={align} finalFocus={finalFocus} className={className}>
          {children()}
        </MenuPopup>
      ) : null}
    </>
  );
}
