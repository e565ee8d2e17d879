import { Failure, type Problem, problemOf } from "../problem";

export function failure(code: Problem["code"]): Failure {
  return new Failure(problemOf({ code }));
}
