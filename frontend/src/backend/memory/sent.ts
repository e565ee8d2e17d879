import { type Sentence, sentence } from "@/text/sentence";
import type { bridge } from "../../../wailsjs/go/models";
import type { Code } from "../problem";

/** A failure as Go sends it in an answer. */
export function sentProblem(
  code: Code,
  message: Sentence = sentence(code, { server: "Clerk" }),
): bridge.Problem {
  return { code, message, retry: false, traceID: "", retryAfterMS: 0, request: "", status: 0, call: "" };
}
