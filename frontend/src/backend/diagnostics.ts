/** The report for those who look after Understudy. */
import type { bridge } from "../../wailsjs/go/models";

export type Diagnostics = bridge.Diagnostics;
export type DiagnosticsPart = bridge.DiagnosticsPart;
