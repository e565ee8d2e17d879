import { useTranslation } from "react-i18next";
import type { Settings } from "@/backend/backend";
import { Segmented } from "@/ui/Segmented";
import { Select } from "@/ui/Select";
import { Group, Row } from "./rows";
import { useSetting } from "./useSetting";

const sessionMinutes = [10, 30, 60];
/** As Clerk and Go allow: one to ten minutes. */
const linkSeconds = [60, 120, 300, 600];

export function RulesPage({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const reason = useSetting(settings, "reasonAlways");
  const session = useSetting(settings, "sessionMinutes");
  const link = useSetting(settings, "linkSeconds");
  return (
    <>
      <Group title={t("settings.reasonGroup")}>
        <Row
          title={t("settings.askReason")}
          about={t("settings.askReasonAbout")}
          problem={reason.problem}
          onRetry={reason.retry}
        >
          <Select
            label={t("settings.askReason")}
            value={reason.value ? "always" : "production"}
            onChange={(value) => reason.change(value === "always")}
            options={[
              { value: "production", label: t("settings.askProduction") },
              { value: "always", label: t("settings.askAlways") },
            ]}
          />
        </Row>
      </Group>
      <Group title={t("settings.time")}>
        <Row
          title={t("settings.session")}
          about={t("settings.sessionAbout")}
          problem={session.problem}
          onRetry={session.retry}
        >
          <Segmented
            label={t("settings.session")}
            hideLabel
            value={session.value}
            onChange={session.change}
            options={sessionMinutes.map((value) => ({
              value,
              label: value === 60 ? t("settings.hour") : t("minutes", { count: value }),
            }))}
          />
        </Row>
        <Row
          title={t("settings.link")}
          about={t("settings.linkAbout")}
          problem={link.problem}
          onRetry={link.retry}
        >
          <Select
            label={t("settings.link")}
            value={link.value}
            onChange={link.change}
            options={linkSeconds.map((value) => ({
              value,
              label:
                value === 60
                  ? t("impersonate.seconds", { count: value })
                  : t("impersonate.minutes", { count: value / 60 }),
            }))}
          />
        </Row>
      </Group>
    </>
  );
}
