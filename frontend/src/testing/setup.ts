/** Adds what jsdom lacks, and cleans the page after each test. */
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";
import { watchClasses } from "./classes";

// As long as a busy machine may take; what never comes still fails.
configure({ asyncUtilTimeout: 10_000 });

window.matchMedia = (media) => ({
  media,
  matches: false,
  onchange: null,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  addListener: () => undefined,
  removeListener: () => undefined,
  dispatchEvent: () => false,
});

/** Without layout everything is as high and as wide as a window, so that tables have rows and columns to show. */
Object.defineProperty(HTMLElement.prototype, "clientHeight", { get: () => 600 });
Object.defineProperty(HTMLElement.prototype, "clientWidth", { get: () => window.innerWidth });

HTMLCanvasElement.prototype.getContext = () => null;
Element.prototype.scrollIntoView = () => undefined;

/** Without layout everything has a box, unless it is hidden where it stands or around it. */
Element.prototype.getClientRects = function getClientRects() {
  const boxes = this.closest("[style*='display: none'], [hidden]") ? [] : [this.getBoundingClientRect()];
  return Object.assign(boxes, { item: (index: number) => boxes[index] ?? null });
};

/** Without layout everything counts as on screen. */
class EverythingInView implements IntersectionObserver {
  readonly root = null;
  readonly rootMargin = "";
  readonly scrollMargin = "";
  readonly thresholds = [];
  readonly #callback: IntersectionObserverCallback;

  constructor(callback: IntersectionObserverCallback) {
    this.#callback = callback;
  }

  observe(target: Element): void {
    const box = target.getBoundingClientRect();
    this.#callback(
      [
        {
          target,
          isIntersecting: true,
          intersectionRatio: 1,
          boundingClientRect: box,
          intersectionRect: box,
          rootBounds: null,
          time: 0,
        },
      ],
      this,
    );
  }
  unobserve(): void {}
  disconnect(): void {}
  takeRecords(): IntersectionObserverEntry[] {
    return [];
  }
}
window.IntersectionObserver = EverythingInView;

/** No size ever changes here: an observer only hears of the first one. */
class NoSizes implements ResizeObserver {
  readonly #callback: ResizeObserverCallback;

  constructor(callback: ResizeObserverCallback) {
    this.#callback = callback;
  }

  observe(): void {
    this.#callback([], this);
  }
  unobserve(): void {}
  disconnect(): void {}
}
window.ResizeObserver = NoSizes;

/** React only logs elements that must not be inside of each other; here they fail the test. */
const misplaced: string[] = [];
// oxlint-disable no-console -- it is React that logs
const log = console.error;
console.error = (...said: unknown[]) => {
  const text = said.map(String).join(" ");
  if (text.includes("In HTML, ")) misplaced.push(text);
  log(...said);
};
// oxlint-enable no-console
afterEach(() => {
  const [first] = misplaced.splice(0);
  if (first !== undefined) throw new Error(first);
});

watchClasses();
afterEach(() => cleanup());
