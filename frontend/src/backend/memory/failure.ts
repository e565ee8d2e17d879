import { Failure, type Problem, problemFrom } from "../problem";

export function failure(problem: Partial<Problem>): Failure {
  return new Failure(problemFrom(problem));
}
