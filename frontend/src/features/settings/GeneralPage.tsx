import { useTranslation } from "react-i18next";
import type { Settings } from "@/backend/backend";
import { Segmented } from "@/ui/Segmented";
import { Select } from "@/ui/Select";
import { Group, Row } from "./rows";
import { useSetting } from "./useSetting";

const zooms = [80, 90, 100, 110, 125, 150, 175, 200];

export function GeneralPage({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const theme = useSetting(settings, "theme");
  const density = useSetting(settings, "density");
  const pictures = useSetting(settings, "showPictures");
  const zoom = useSetting(settings, "zoom");
  const percents = [...new Set([...zooms, zoom.value])].toSorted((a, b) => a - b);
  return (
    <Group title={t("settings.appearance")}>
      <Row
        title={t("settings.theme")}
        about={t("settings.themeAbout")}
        problem={theme.problem}
        onRetry={theme.retry}
      >
        <Segmented
          label={t("settings.theme")}
          hideLabel
          value={theme.value}
          onChange={theme.change}
          options={[
            { value: "system", label: t("settings.themeSystem") },
            { value: "light", label: t("settings.themeLight") },
            { value: "dark", label: t("settings.themeDark") },
          ]}
        />
      </Row>
      <Row
        title={t("settings.density")}
        about={t("settings.densityAbout")}
        problem={density.problem}
        onRetry={density.retry}
      >
        <Segmented
          label={t("settings.density")}
          hideLabel
          value={density.value}
          onChange={density.change}
          options={[
            { value: "compact", label: t("settings.densityCompact") },
            { value: "normal", label: t("settings.densityNormal") },
            { value: "relaxed", label: t("settings.densityRelaxed") },
          ]}
        />
      </Row>
      <Row
        title={t("settings.zoom")}
        about={t("settings.zoomAbout")}
        problem={zoom.problem}
        onRetry={zoom.retry}
      >
        <Select
          label={t("settings.zoom")}
          value={zoom.value}
          onChange={zoom.change}
          options={percents.map((value) => ({ value, label: `${value} %` }))}
        />
      </Row>
      <Row
        title={t("settings.pictures")}
        about={t("settings.picturesAbout")}
        problem={pictures.problem}
        onRetry={pictures.retry}
      >
        <Segmented
          label={t("settings.pictures")}
          hideLabel
          value={pictures.value ? "on" : "off"}
          onChange={(value) => pictures.change(value === "on")}
          options={[
            { value: "off", label: t("settings.picturesOff") },
            { value: "on", label: t("settings.picturesOn") },
          ]}
        />
      </Row>
    </Group>
  );
}
