import { useEffectEvent, useLayoutEffect, useRef } from "react";
import { useActionBus } from "@/actions/ActionProvider";

/** How far the answer to a search is; `first` is undefined where it found nobody. */
export type Answer<T> =
  | { readonly state: "coming" | "failed" }
  | { readonly state: "there"; readonly first: T | undefined };

export interface Awaited<T> {
  /** Does something with the first that a search finds: now, or as soon as its answer is there. */
  readonly ask: (act: (first: T | undefined) => void, query?: string) => void;
  /** The operator goes on with something else: nothing is waited for any more. */
  readonly drop: () => void;
}

/** Keys that do nothing by themselves. */
const modifiers = new Set(["Control", "Shift", "Alt", "Meta"]);

/** Whether a press of a key in the box calls off what was waited for: not one that is still held. */
export function callsOff({ key, repeat }: { key: string; repeat: boolean }): boolean {
  return !repeat && !modifiers.has(key);
}

/**
 * Lets a key in a search box mean the first of the search as it is typed, never
 * one of the list before. A search that changes, that fails, or that a dialog
 * covers by the time of its answer is waited for no more.
 */
export function useAwaited<T>(query: string, answerTo: (query: string) => Answer<T>): Awaited<T> {
  const bus = useActionBus();
  const waiting = useRef<{ query: string; act: (first: T | undefined) => void }>(undefined);
  const look = (): void => {
    const asked = waiting.current;
    if (asked === undefined) return;
    const answer = answerTo(asked.query);
    if (answer.state === "coming" && asked.query === query && !bus.isBlocked()) return;
    waiting.current = undefined;
    if (answer.state === "there" && asked.query === query && !bus.isBlocked()) asked.act(answer.first);
  };
  const lookAgain = useEffectEvent(look);
  // It looks before the next key: the effect is then seen in the same frame.
  useLayoutEffect(() => lookAgain());
  // Also when the screen is only hidden.
  useLayoutEffect(
    () => () => {
      waiting.current = undefined;
    },
    [],
  );

  return {
    ask: (act, asked = query) => {
      const answer = answerTo(asked);
      waiting.current = answer.state === "there" ? undefined : { query: asked, act };
      if (answer.state === "there") act(answer.first);
    },
    drop: () => {
      waiting.current = undefined;
    },
  };
}
