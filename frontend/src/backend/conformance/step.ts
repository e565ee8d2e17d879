import type { Calls } from "../calls";

/** Ids of earlier answers, for the steps that follow. */
export interface Known {
  instance: string;
  operator: string;
  /** Ingrid Solheim. */
  user: string;
  impersonation: string;
  entry: string;
  record: number;
}

/** A call or a few, with what is compared of their answers. */
export type Step = readonly [
  sentence: string,
  ask: (backend: Calls, known: Known) => Promise<unknown>,
  answer: unknown,
];

/** The answer of a call that is refused with that code. */
export const refused = (code: string) => ({ refused: code });

/** Never aborted. */
export const signal = new AbortController().signal;

export const nobodyKnows = "user_2nobodyKnowsThisOne00000000";
