import {
  type ComponentType,
  createElement,
  type ReactNode,
  Suspense,
  use,
  useEffect,
  useSyncExternalStore,
} from "react";
import { afterFrame } from "./afterFrame";
import { readLetters } from "./letters";

/**
 * A start shows the rows in its first frame, what stands around them in the
 * second, and then reads the parts of the window that neither shows, each in a
 * file of its own: the engine reads and compiles all of a file before it runs the
 * first line of it, and whatever runs for the first time runs at its slowest.
 */
let stage: "first" | "second" | "later" = "first";
const listeners = new Set<() => void>();
const reads: (() => Promise<unknown>)[] = [];
let reading: Promise<void> | undefined;

function goOn(to: typeof stage): void {
  stage = to;
  for (const heard of listeners) heard();
}

/** A component whose code is read after the second frame, or when it is drawn before that. */
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

/** Reads all of them, and then the letters of names that have not been shown yet. */
export function readLater(): Promise<void> {
  reading ??= Promise.all(reads.map((read) => read())).then((): undefined => {
    goOn("later");
    readLetters();
    return undefined;
  });
  return reading;
}

/** Goes on from frame to frame, and then reads all of them: for what draws the first one. */
export function useStages(): void {
  useEffect(() => {
    let callOff = afterFrame(() => {
      if (stage === "first") goOn("second");
      callOff = afterFrame(() => void readLater());
    });
    return () => callOff();
  }, []);
}

/** Draws its children from the second frame on. */
export function SecondFrame({ children }: { children: ReactNode }): ReactNode {
  return useSyncExternalStore(subscribe, () => stage !== "first") ? children : null;
}

/** Whether all of them have been read. What is not seen in the first frames is drawn and asked for then. */
export function useLater(): boolean {
  return useSyncExternalStore(subscribe, isLater);
}

/** The same at this moment. */
export function isLater(): boolean {
  return stage === "later";
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
