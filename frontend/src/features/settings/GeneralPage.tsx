import type { Settings } from "@/backend/settings";
import { t } from "@/text/i18n";
import { Segmented } from "@/ui/Segmented";
import { Select } from "@/ui/Select";
import { Group, SettingRow } from "./rows";
import { useSetting } from "./useSetting";

const zooms = [80, 90, 100, 110, 125, 150, 175, 200];

export function GeneralPage({ settings }: { settings: Settings }) {
  const theme = useSetting(settings, "theme");
  const density = useSetting(settings, "density");
  const pictures = useSetting(settings, "show_pictures");
  const zoom = useSetting(settings, "zoom");
  const percents = [...new Set([...zooms, zoom.value])].toSorted((a, b) => a - b);
  const themes = [
    { value: "system", label: t("settings.themeSystem") },
    { value: "light", label: t("settings.themeLight") },
    { value: "dark", label: t("settings.themeDark") },
  ];
  const densities = [
    { value: "compact", label: t("settings.densityCompact") },
    { value: "normal", label: t("settings.densityNormal") },
    { value: "relaxed", label: t("settings.densityRelaxed") },
  ];
  const onOff = [
    { value: "off", label: t("settings.off") },
    { value: "on", label: t("settings.on") },
  ];
  return (
    <Group title={t("settings.appearance")}>
      <SettingRow
        setting={theme}
        title={t("settings.theme")}
        about={t("settings.themeAbout")}
        words={themes.find(({ value }) => value === theme.value)?.label}
      >
        <Segmented
          label={t("settings.theme")}
          hideLabel
          value={theme.value}
          onChange={theme.change}
          options={themes}
        />
      </SettingRow>
      <SettingRow
        setting={density}
        title={t("settings.density")}
        about={t("settings.densityAbout")}
        words={densities.find(({ value }) => value === density.value)?.label}
      >
        <Segmented
          label={t("settings.density")}
          hideLabel
          value={density.value}
          onChange={density.change}
          options={densities}
        />
      </SettingRow>
      <SettingRow
        setting={zoom}
        title={t("settings.zoom")}
        about={t("settings.zoomAbout")}
        words={`${zoom.value} %`}
      >
        <Select
          label={t("settings.zoom")}
          value={zoom.value}
          onChange={zoom.change}
          options={percents.map((value) => ({ value, label: `${value} %` }))}
        />
      </SettingRow>
      <SettingRow
        setting={pictures}
        title={t("settings.pictures")}
        about={t("settings.picturesAbout")}
        words={t(pictures.value ? "settings.on" : "settings.off")}
      >
        <Segmented
          label={t("settings.pictures")}
          hideLabel
          value={pictures.value ? "on" : "off"}
          onChange={(value) => pictures.change(value === "on")}
          options={onOff}
        />
      </SettingRow>
    </Group>
  );
}
