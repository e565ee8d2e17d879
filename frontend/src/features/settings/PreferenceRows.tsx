/** The preferences that stand among the rules: they hold for every instance. */

import type { Settings } from "@/backend/settings";
import { t } from "@/text/i18n";
import { Segmented } from "@/ui/Segmented";
import { Select } from "@/ui/Select";
import { SettingRow } from "./rows";
import { useSetting } from "./useSetting";

const sessionMinutes = [10, 30, 60];
/** As Clerk and Go allow: one to ten minutes. */
const linkSeconds = [60, 120, 300, 600];

export function ReasonRow({ settings }: { settings: Settings }) {
  const reason = useSetting(settings, "reason_always");
  const options = [
    { value: "production", label: t("settings.askProduction") },
    { value: "always", label: t("settings.askAlways") },
  ];
  const value = reason.value ? "always" : "production";
  return (
    <SettingRow
      setting={reason}
      title={t("settings.askReason")}
      about={t("settings.askReasonAbout")}
      words={options.find((option) => option.value === value)?.label}
    >
      <Select
        label={t("settings.askReason")}
        value={value}
        onChange={(next) => reason.change(next === "always")}
        options={options}
      />
    </SettingRow>
  );
}

export function SessionRow({ settings }: { settings: Settings }) {
  const session = useSetting(settings, "session_minutes");
  return (
    <SettingRow
      setting={session}
      title={t("settings.session")}
      about={t("settings.sessionAbout")}
      words={sessionInWords(session.value)}
    >
      <Segmented
        label={t("settings.session")}
        hideLabel
        value={session.value}
        onChange={session.change}
        options={sessionMinutes.map((value) => ({ value, label: sessionInWords(value) }))}
      />
    </SettingRow>
  );
}

function sessionInWords(value: number): string {
  return value === 60 ? t("settings.hour") : t("minutes", { count: value });
}

export function LinkRow({ settings }: { settings: Settings }) {
  const link = useSetting(settings, "link_seconds");
  return (
    <SettingRow
      setting={link}
      title={t("settings.link")}
      about={t("settings.linkAbout")}
      words={linkInWords(link.value)}
    >
      <Select
        label={t("settings.link")}
        value={link.value}
        onChange={link.change}
        options={linkSeconds.map((value) => ({ value, label: linkInWords(value) }))}
      />
    </SettingRow>
  );
}

function linkInWords(value: number): string {
  return value === 60
    ? t("impersonate.seconds", { count: value })
    : t("impersonate.minutes", { count: value / 60 });
}
