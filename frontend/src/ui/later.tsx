import { type ComponentType, createElement, Suspense, use, useEffect, useSyncExternalStore } from "react";
import { afterFrame } from "./afterFrame";
import { readLetters } from "./letters";

/**
 * Parts of the window that no first frame shows, each in a file of its own: the
 * engine reads and compiles all of a file before it runs the first line of it,
 * and whoever starts Understudy waits for that.
 */
const reads: (() => Promise<unknown>)[] = [];
const listeners = new Set<() => void>();
let reading: Promise<void> | undefined;
let haveRead = false;

/** A component whose code is read after the first frame, or when it is drawn before that. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let found: ComponentType<P> | undefined;
  let loading: Promise<ComponentType<P>> | undefined;
  const read = () =>
    (loading ??= load().then((part) => {
      found = part;
      return part;
    }));
  reads.push(read);

  // Always the same component, once it is there.
  const Part = (props: P) => createElement(found ?? use(read()), props);
  return function Later(props: P) {
    return (
      <Suspense fallback={null}>
        <Part {...props} />
      </Suspense>
    );
  };
}

/** Reads all of them, and then the letters of names that no first frame has. */
export function readLater(): Promise<void> {
  reading ??= Promise.all(reads.map((read) => read())).then((): undefined => {
    haveRead = true;
    for (const heard of listeners) heard();
    readLetters();
    return undefined;
  });
  return reading;
}

/** Reads all of them once the frame that comes next is out: for what draws the first one. */
export function useReadLater(): void {
  useEffect(() => afterFrame(() => void readLater()), []);
}

/** Whether all of them have been read. What is not seen in the first frame is drawn and asked for then. */
export function useLater(): boolean {
  return useSyncExternalStore(subscribe, () => haveRead);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
