/** The preferences that stand among the rules: they hold for every instance. */
import { useTranslation } from "react-i18next";
import type { Settings } from "@/backend/backend";
import { Segmented } from "@/ui/Segmented";
import { Select } from "@/ui/Select";
import { SettingRow } from "./rows";
import { useSetting } from "./useSetting";

const sessionMinutes = [10, 30, 60];
/** As Clerk and Go allow: one to ten minutes. */
const linkSeconds = [60, 120, 300, 600];

export function ReasonRow({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const reason = useSetting(settings, "reasonAlways");
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
  const { t } = useTranslation();
  const session = useSetting(settings, "sessionMinutes");
  const words = (value: number) => (value === 60 ? t("settings.hour") : t("minutes", { count: value }));
  return (
    <SettingRow
      setting={session}
      title={t("settings.session")}
      about={t("settings.sessionAbout")}
      words={words(session.value)}
    >
      <Segmented
        label={t("settings.session")}
        hideLabel
        value={session.value}
        onChange={session.change}
        options={sessionMinutes.map((value) => ({ value, label: words(value) }))}
      />
    </SettingRow>
  );
}

export function LinkRow({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const link = useSetting(settings, "linkSeconds");
  const words = (value: number) =>
    value === 60
      ? t("impersonate.seconds", { count: value })
      : t("impersonate.minutes", { count: value / 60 });
  return (
    <SettingRow
      setting={link}
      title={t("settings.link")}
      about={t("settings.linkAbout")}
      words={words(link.value)}
    >
      <Select
        label={t("settings.link")}
        value={link.value}
        onChange={link.change}
        options={linkSeconds.map((value) => ({ value, label: words(value) }))}
      />
    </SettingRow>
  );
}
