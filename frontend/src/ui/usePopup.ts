import { type ComponentProps, type RefObject, useRef, useState } from "react";
import { useWasOpen } from "./useWasOpen";

/** What the button of a popup is given: how it says what it opens, and opens it. */
export type PopupTrigger = Pick<
  ComponentProps<"button">,
  "ref" | "aria-haspopup" | "aria-expanded" | "onClick" | "onKeyDown"
>;

/** A popup that is not there before it is opened: a first frame has four of them, and nobody sees them. */
export interface Popup {
  readonly given: PopupTrigger;
  /** Whether it was opened yet. */
  readonly isDrawn: boolean;
  readonly root: {
    readonly open: boolean;
    readonly onOpenChange: (open: boolean, why: { readonly reason: string; readonly event: Event }) => void;
  };
  /** What it stands beside. */
  readonly anchor: RefObject<HTMLButtonElement | null>;
  readonly popup: {
    readonly ref: RefObject<HTMLDivElement | null>;
    readonly initialFocus: () => HTMLElement | true;
    readonly finalFocus: () => HTMLElement | boolean;
  };
}

/**
 * Ties a popup of Base UI to the button that opens it, in place of its Trigger,
 * which draws the whole popup's works with the button. open and onOpenChange are
 * for those who open it from elsewhere, too.
 */
export function usePopup(
  kind: "menu" | "dialog",
  open?: boolean,
  onOpenChange?: (open: boolean) => void,
): Popup {
  const button = useRef<HTMLButtonElement>(null);
  const popup = useRef<HTMLDivElement>(null);
  /** Where the keyboard begins; it does not where the mouse opened it. */
  const begin = useRef<"first" | "last" | "nowhere">("first");
  const [own, setOwn] = useState(false);
  const isOpen = open ?? own;
  const change = (next: boolean): void => {
    if (!next) begin.current = "first";
    setOwn(next);
    onOpenChange?.(next);
  };
  return {
    given: {
      ref: button,
      "aria-haspopup": kind,
      "aria-expanded": isOpen,
      onClick: (event) => {
        if (event.detail > 0) begin.current = "nowhere";
        change(!isOpen);
      },
      onKeyDown: (event) => {
        if (kind !== "menu" || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
        event.preventDefault();
        begin.current = event.key === "ArrowDown" ? "first" : "last";
        change(true);
      },
    },
    isDrawn: useWasOpen(isOpen),
    root: {
      open: isOpen,
      onOpenChange: (next, { reason, event }) => {
        // A press on the button is its own to answer.
        const onButton = event.target instanceof Node && button.current?.contains(event.target);
        if (next || reason !== "outside-press" || !onButton) change(next);
      },
    },
    anchor: button,
    popup: {
      ref: popup,
      initialFocus: () => {
        const items = popup.current?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? [];
        return (
          (begin.current === "nowhere" ? undefined : [...items].at(begin.current === "first" ? 0 : -1)) ??
          true
        );
      },
      finalFocus: () => {
        // What was pressed outside may have taken the focus.
        const { activeElement: active, body } = document;
        const isFree = active === null || active === body || popup.current?.contains(active) === true;
        return isFree ? (button.current ?? true) : false;
      },
    },
  };
}
