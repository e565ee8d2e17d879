import { useState } from "react";
import { useAction } from "@/actions/ActionProvider";
import { DiagnosticsDialog } from "./DiagnosticsDialog";

/** Shows what can be told about a problem, and saves it: opened with the action "diagnostics". */
export function Diagnostics() {
  const [open, setOpen] = useState(false);
  useAction("diagnostics", () => setOpen(true));
  return open ? <DiagnosticsDialog onClose={() => setOpen(false)} /> : null;
}
