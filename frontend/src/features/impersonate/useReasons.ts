import { type RefObject, useEffect, useRef, useState } from "react";
import type { Problem } from "@/backend/problem";
import type { Rules, Settings } from "@/backend/settings";
import type { Given } from "@/workspace/workspace";

/** The boxes for text in the dialog. */
const boxes = ["reason", "override", "reference", "changes", "land"] as const;
export type Box = (typeof boxes)[number];

/** The failures of Go that are about a box. The rules are Go's to check. */
const boxesOf: Partial<Record<Problem["code"], Box>> = {
  reason_missing: "reason",
  reason_pattern: "reason",
  reason_too_long: "reason",
  override_missing: "override",
  reference_missing: "reference",
  reference_invalid: "reference",
  changes_reason_missing: "changes",
  open_at_invalid: "land",
};

export function boxOf(problem: Problem): Box | undefined {
  return boxesOf[problem.code];
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
export function useReasons(given: Given): Reasons {
  const [first] = useState<Record<Box, string>>({
    reason: given.reason ?? "",
    override: given.override ?? "",
    reference: given.reference ?? "",
    changes: given.changesReason ?? "",
    land: given.land ?? "",
  });
  const [texts, setTexts] = useState(first);
  const [complaint, setComplaint] = useState<{ box: Box; words: string }>();
  const [reason, override, reference] = [useBox(), useBox(), useBox()];
  const [changes, land] = [useBox(), useBox()];
  const [refs] = useState({ reason, override, reference, changes, land });
  useEffect(() => {
    // A box may be there only because of the complaint.
    if (complaint) refs[complaint.box].current?.focus();
  }, [complaint, refs]);
  return {
    texts,
    refs,
    wrong: (box) => (complaint?.box === box ? complaint.words : ""),
    type: (box, text) => {
      setTexts((before) => ({ ...before, [box]: text }));
      setComplaint((before) => (before?.box === box ? undefined : before));
    },
    complain: (box, words) => setComplaint({ box, words }),
    changed: boxes.some((box) => texts[box].trim() !== "" && texts[box] !== first[box]),
  };
}

const useBox = () => useRef<HTMLTextAreaElement>(null);
