import type { Operator } from "@/backend/operator";
import { useNow } from "@/ui/useNow";

/** Whether the operator is verified now: Go takes a sign-in that ran out for none. */
export function useVerified(operator: Operator): boolean {
  const now = useNow();
  return operator.verified && now < Date.parse(operator.verifiedUntil);
}
