const focusable = "input:not(:disabled), [tabindex='0'], button:not(:disabled), [href]";

const paneOf = (element: Element): Element | null => element.closest("[data-pane]");

/** An element that is hidden, or in a hidden part of the window, has no boxes; it takes no focus. */
const isDrawn = (element: Element): boolean => element.getClientRects().length > 0;

/** F6 goes round the panes, as it does on the desktop. One may lie in another: the inner one counts. */
export function focusNextPane(): void {
  const panes = [...document.querySelectorAll("[data-pane]")];
  const here = document.activeElement;
  const current = panes.findIndex((pane) => here !== null && pane === paneOf(here));
  for (let step = 1; step <= panes.length; step += 1) {
    const pane = panes[(current + step) % panes.length];
    const targets = pane?.querySelectorAll<HTMLElement>(focusable) ?? [];
    const target = [...targets].find((found) => paneOf(found) === pane && isDrawn(found));
    if (target) return target.focus();
  }
}
