import { afterFrame } from "@/ui/afterFrame";

/** Only an element that is drawn and enabled can have the focus. A hidden one has no boxes. */
const canHold = (element: Element): boolean =>
  element.isConnected && element.getClientRects().length > 0 && !element.matches(":disabled");

/** The elements around another one that can have the focus, nearest first. */
function around(element: Element): HTMLElement[] {
  const found = element.parentElement?.closest<HTMLElement>("[tabindex]");
  return found ? [found, ...around(found)] : [];
}

/**
 * Keeps the keyboard in the window. When the element that had the focus is gone,
 * hidden or disabled, the nearest one around it takes over, such as its row or
 * its dialog; else the element of the screen that is marked as its start. A
 * click beside everything takes the focus from nothing. Returns how to stop.
 */
export function keepFocus(page: Document): () => void {
  let last: Element | undefined;
  let parents: HTMLElement[] = [];
  let callOff: (() => void) | undefined;

  const note = ({ target }: Event): void => {
    if (!(target instanceof Element)) return;
    last = target;
    parents = around(target);
  };
  const look = (): void => {
    callOff = undefined;
    const now = page.activeElement;
    const isLost = now === null || now === page.body;
    const holder = isLost ? last : now;
    if (holder && canHold(holder)) return;
    const main = page.querySelector<HTMLElement>("main");
    const near = parents.find((parent) => parent !== main && canHold(parent));
    const start = [...page.querySelectorAll<HTMLElement>("[data-start]")].findLast(canHold);
    (near ?? start ?? main)?.focus();
  };
  // An engine takes the focus from a disabled element with the next frame, as dialogs give it back.
  const observer = new MutationObserver(() => {
    callOff ??= afterFrame(look);
  });
  observer.observe(page.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["disabled"],
  });
  page.addEventListener("focusin", note);
  return () => {
    observer.disconnect();
    page.removeEventListener("focusin", note);
    callOff?.();
  };
}
