/**
 * Calls and their answers, the same for the memory backend and for Go: a
 * connected development instance whose users are the stand-in's, on a computer
 * without a keychain. Each step goes on from where the one before left off.
 */
import type { Calls } from "../calls";
import { Failure } from "../problem";
import { diagnosticsSteps } from "./diagnostics";
import { historySteps } from "./history";
import { impersonationSteps } from "./impersonations";
import { instanceSteps, leavingSteps } from "./instances";
import { operatorSteps } from "./operator";
import { settingsSteps } from "./settings";
import type { Known, Step } from "./step";
import { userSteps } from "./users";

const steps: readonly Step[] = [
  ...instanceSteps,
  ...operatorSteps,
  ...userSteps,
  ...impersonationSteps,
  ...historySteps,
  ...settingsSteps,
  ...diagnosticsSteps,
  ...leavingSteps,
];

type Answer = readonly [sentence: string, answer: unknown];

/** The answer that each step expects. */
export const expected = steps.map(([sentence, , answer]): Answer => [sentence, answer]);

/** Runs the script. Returns the answer of each step. */
export async function play(backend: Calls): Promise<Answer[]> {
  const known: Known = { instance: "", user: "", operator: "", impersonation: "", entry: "", record: 0 };
  const answers: Answer[] = [];
  for (const [sentence, ask] of steps) {
    // oxlint-disable-next-line no-await-in-loop -- each goes on from the one before
    answers.push([sentence, (await ask(backend, known).catch(refusal)) ?? null]);
  }
  return answers;
}

function refusal(rejection: unknown): unknown {
  if (rejection instanceof Failure) return { refused: rejection.problem.code };
  throw rejection;
}
