import { useActionBus } from "@/actions/ActionProvider";
import { shortcutOf } from "@/actions/keys";
import type { Settings } from "@/backend/settings";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Select } from "@/ui/Select";
import { useWorkspace } from "@/workspace/workspace";
import { Group, Row, SettingRow } from "./rows";
import { useSetting } from "./useSetting";

const minutes = [1, 5, 15, 30, 60, 240, 0];

/** When Understudy locks itself, and what that means. */
export function LockPage({ settings }: { settings: Settings }) {
  const bus = useActionBus();
  const { start, instance } = useWorkspace();
  const after = useSetting(settings, "lock_minutes");
  const choices = minutes.includes(after.value) ? minutes : [after.value, ...minutes];
  return (
    <>
      <Group title={t("settings.lockWhen")}>
        <SettingRow
          setting={after}
          title={t("settings.lockAfter")}
          about={t("settings.lockAfterAbout")}
          words={inWords(after.value)}
        >
          <Select
            label={t("settings.lockAfter")}
            value={after.value}
            onChange={after.change}
            options={choices.map((value) => ({ value, label: inWords(value) }))}
          />
        </SettingRow>
        <Row
          title={t("settings.lockSleep")}
          about={t(start.os === "linux" ? "settings.lockSleepLinux" : "settings.lockSleepAbout")}
        >
          <span className="text-ink-2">{t("settings.lockAlways")}</span>
        </Row>
        <Row title={t("settings.lockNow")} about={t("settings.lockNowAbout")}>
          <Button shortcut={shortcutOf("lock")} onClick={() => bus.dispatch("lock")}>
            {t("lock.now")}
          </Button>
        </Row>
      </Group>
      <Group title={t("settings.lockMeans")}>
        <ul className="list-disc space-y-1 py-3 pl-4 text-12 text-ink-2">
          <li>{t("settings.lockMeansKey", { keychain: start.keychain })}</li>
          {instance.inMemory ? (
            <li className="text-warn">{t("settings.lockMeansMemory", { name: instance.name })}</li>
          ) : null}
          <li>{t("settings.lockMeansUsers")}</li>
          <li>{t("settings.lockMeansRunning")}</li>
        </ul>
      </Group>
    </>
  );
}

function inWords(value: number): string {
  if (value === 0) return t("settings.lockNever");
  return value % 60 === 0 ? t("hours", { count: value / 60 }) : t("minutes", { count: value });
}
