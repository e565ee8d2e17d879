/**
 * Two classes on one element that set the same thing are a mistake: the order of the
 * style sheet decides between them. Every component test looks for it, so that nothing
 * has to look in the window.
 */
import { extendTailwindMerge } from "tailwind-merge";
import { afterAll, afterEach, expect } from "vitest";

const merge = extendTailwindMerge({
  extend: { theme: { text: ["11", "12", "13", "15", "20"], shadow: ["1", "2", "pop"] } },
});

/** Checks the classes of all that the tests of a file draw. */
export function watchClasses(): void {
  const seen = new Set<string>();
  const look = (element: Element): void => void seen.add(element.getAttribute("class") ?? "");
  const observer = new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      if (target instanceof Element) look(target);
      for (const added of addedNodes)
        if (added instanceof Element) for (const each of [added, ...added.querySelectorAll("*")]) look(each);
    }
  });
  observer.observe(document, { subtree: true, childList: true, attributeFilter: ["class"] });
  afterAll(() => observer.disconnect());

  afterEach(() => {
    const doubled = [...seen].filter((classes) => merge(classes) !== classes);
    seen.clear();
    expect(doubled, "classes that set the same thing").toEqual([]);
  });
}
