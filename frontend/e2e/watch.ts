/** Functions that benchmarks put into the page to see what a person would. Each stands by itself there. */

/** Notes every frame, and how long each row in sight of the users' grid was missing. */
export function watchFrames() {
  const grid = document.querySelector<HTMLElement>('[role="grid"]');
  if (!grid) throw new Error("no grid");
  const header = grid.querySelector('[role="row"]')?.clientHeight ?? 0;
  const from = performance.now();
  const frames: number[] = [];
  const blanks: number[] = [];
  const missing = new Map<number, number>();
  let before = from;
  let last = 0;
  let running = true;

  /** The rows in sight that have nobody, by number. Rows not even drawn count by where they would be. */
  const blankRows = (): Set<number> => {
    const top = grid.scrollTop;
    const bottom = top + grid.clientHeight - header;
    const blank = new Set<number>();
    let drawnTo = top;
    let end = 0;
    for (const row of grid.querySelectorAll<HTMLElement>("[data-index]:not(.sr-only)")) {
      const at = Number.parseFloat(row.style.top);
      const height = Number.parseFloat(row.style.height);
      if (at + height <= top || at >= bottom) continue;
      const index = Number(row.dataset["index"]);
      if (at > drawnTo + 1) blank.add(index - 1);
      if (!row.querySelector("bdi")) blank.add(index);
      drawnTo = Math.max(drawnTo, at + height);
      end = index + 1;
      last = Math.max(last, end);
    }
    if (drawnTo < bottom - 1) blank.add(end);
    return blank;
  };

  const look = (now: number): void => {
    if (!running) return;
    frames.push(now - before);
    before = now;
    const blank = blankRows();
    for (const [row, since] of missing)
      if (!blank.has(row)) {
        blanks.push(now - since);
        missing.delete(row);
      }
    for (const row of blank) if (!missing.has(row)) missing.set(row, now);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);

  return {
    end() {
      running = false;
      const { timeOrigin } = performance;
      for (const since of missing.values()) blanks.push(before - since);
      return {
        frames: frames.slice(1),
        blanks,
        rows: last,
        from: timeOrigin + from,
        to: timeOrigin + before,
      };
    },
  };
}

/** Notes when a character was typed last, and when the rows in sight showed other people last. */
export function watchRows() {
  const at = { pressed: 0, changed: 0 };
  let looking = false;
  const grid = document.querySelector<HTMLElement>('[role="grid"]');
  if (!grid) throw new Error("no grid");
  const header = grid.querySelector('[role="row"]')?.clientHeight ?? 0;

  /** Returns the names of users in sight: rows beyond the window are drawn too, and nobody waits for those. */
  const people = (): string =>
    Array.from(grid.querySelectorAll<HTMLElement>("[data-index]"))
      .filter((row) => {
        const top = Number.parseFloat(row.style.top) - grid.scrollTop;
        return top + Number.parseFloat(row.style.height) > 0 && top < grid.clientHeight - header;
      })
      .map((row) => row.querySelector("bdi")?.textContent)
      .join();
  let shown = people();

  addEventListener(
    "keydown",
    (event) => {
      if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) at.pressed = event.timeStamp;
    },
    { capture: true },
  );
  new MutationObserver(() => {
    if (looking) return;
    looking = true;
    // A message is handled after the frame that the callback before it leads to.
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.addEventListener("message", () => {
        const now = performance.now();
        looking = false;
        const next = people();
        if (next !== shown) at.changed = now;
        shown = next;
      });
      painted.port1.start();
      painted.port2.postMessage(undefined);
    });
  }).observe(document.body, { subtree: true, childList: true, characterData: true });

  return {
    /** Waits until the rows have changed since the last key and then not for as long as rest. */
    async settled(rest: number) {
      // Asks for no frames meanwhile: while there are some, the one that shows the
      // rows waits for the display's next, and at rest it begins at once.
      const later = () => new Promise((resolve) => setTimeout(resolve, rest / 10));
      while (at.changed < at.pressed || performance.now() - at.changed < rest) {
        if (performance.now() - at.pressed > 20 * rest) throw new Error("the rows did not change");
        await later();
      }
      return { from: performance.timeOrigin + at.pressed, to: performance.timeOrigin + at.changed };
    },
  };
}
