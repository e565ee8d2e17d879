import type { Problem } from "@/backend/problem";
import type { Settings, SettingsPatch } from "@/backend/settings";
import { useChangeSettings } from "@/workspace/settings";

/** How it stands with the saving of a setting, whatever its value. */
export interface SavedState {
  problem: Problem | undefined;
  retry: () => void;
  /** Whether it is the organization's and not the operator's to change. */
  managed: boolean;
}

type Name = keyof SettingsPatch;

interface Setting<K extends Name> extends SavedState {
  value: Settings[K];
  change: (value: Settings[K]) => void;
}

/**
 * One setting, saved as it is changed. It shows at once; if it cannot be saved,
 * the value goes back and the problem says why.
 */
export function useSetting<K extends Name>(settings: Settings, name: K): Setting<K> {
  const save = useChangeSettings();
  return {
    value: settings[name],
    change: (value) => save.mutate({ [name]: value }),
    managed: settings.managed.includes(name),
    problem: save.error?.problem,
    retry: () => {
      if (save.variables !== undefined) save.mutate(save.variables);
    },
  };
}
