import { type RefObject, useEffect, useRef, useState } from "react";
import type { Problem } from "@/backend/problem";
import type { Rules, Settings } from "@/backend/settings";
import type { Given } from "@/workspace/workspace";

/** The boxes for text in the dialog. */
export type Box = "reason" | "override" | "reference";

/** The failures of Go that are about a box. The rules are Go's to check. */
const boxes: Partial<Record<Problem["code"], Box>> = {
  reason_missing: "reason",
  reason_pattern: "reason",
  reason_too_long: "reason",
  override_missing: "override",
  reference_missing: "reference",
  reference_invalid: "reference",
};

export function boxOf(problem: Problem): Box | undefined {
  return boxes[problem.code];
}

/** Whether a reason has to be given. */
export function needsReason(production: boolean, settings: Settings, rules: Rules): boolean {
  return production || settings.reason_always || rules.reason.pattern !== "";
}

export interface Reasons {
  texts: Record<Box, string>;
  refs: Record<Box, RefObject<HTMLTextAreaElement | null>>;
  /** The complaint about a box, "" without one. */
  wrong: (box: Box) => string;
  type: (box: Box, text: string) => void;
  /** Says what is wrong, at the box, which takes the focus. */
  complain: (box: Box, words: string) => void;
  /** Whether something was typed. */
  changed: boolean;
}

/** The texts of the dialog, and what is wrong with one of them. */
export function useReasons({
  reason: first = "",
  override: why = "",
  reference: ticket = "",
}: Given): Reasons {
  const [texts, setTexts] = useState({ reason: first, override: why, reference: ticket });
  const [complaint, setComplaint] = useState<{ box: Box; words: string }>();
  const reason = useRef<HTMLTextAreaElement>(null);
  const override = useRef<HTMLTextAreaElement>(null);
  const reference = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    // A box may be there only because of the complaint.
    const box = { reason, override, reference }[complaint?.box ?? "reason"];
    if (complaint) box.current?.focus();
  }, [complaint]);
  return {
    texts,
    refs: { reason, override, reference },
    wrong: (box) => (complaint?.box === box ? complaint.words : ""),
    type: (box, text) => {
      setTexts((before) => ({ ...before, [box]: text }));
      setComplaint((before) => (before?.box === box ? undefined : before));
    },
    complain: (box, words) => setComplaint({ box, words }),
    changed:
      (texts.reason.trim() !== "" && texts.reason !== first) ||
      (texts.override.trim() !== "" && texts.override !== why) ||
      (texts.reference.trim() !== "" && texts.reference !== ticket),
  };
}
