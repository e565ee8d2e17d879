/** The preferences of the operator, and the rules of an instance. */
import type { bridge } from "../../wailsjs/go/models";

export type Settings = bridge.Settings;
export type Rules = bridge.Rules;
