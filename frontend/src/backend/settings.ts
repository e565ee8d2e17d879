/** The preferences of the operator, and the rules of an instance, named as in a policy file. */
import type { bridge, settings } from "../../wailsjs/go/models";

export type Settings = bridge.Settings;
export type Rules = bridge.Rules;
export type Metadata = settings.Protected["metadata"];

/** Some of the settings: a change names what it changes and nothing else. */
export type SettingsPatch = settings.PreferencesPatch;
export type RulesPatch = settings.RulesPatch;

/** Lays a change over the settings or rules. Fields of a group that the change does not name stay. */
export function patched<T extends Settings | Rules>(now: T, change: SettingsPatch | RulesPatch): T {
  const before = new Map<string, unknown>(Object.entries(now));
  const values = Object.entries(change).map(([name, value]: [string, unknown]) => {
    const group = before.get(name);
    return [name, isGroup(group) && isGroup(value) ? { ...group, ...value } : value] as const;
  });
  return { ...now, ...Object.fromEntries(values) };
}

function isGroup(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
