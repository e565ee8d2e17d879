import { t } from "@/text/i18n";
import { useWorkspace } from "@/workspace/workspace";
import { Group } from "./rows";

export function AboutPage() {
  const { start } = useWorkspace();
  return (
    <Group title="Understudy">
      <dl className="grid grid-cols-[10rem_1fr] gap-y-2 py-3 text-12">
        <dt className="text-ink-2">{t("settings.version")}</dt>
        <dd className="select-text">{start.version}</dd>
        <dt className="text-ink-2">{t("settings.keychain")}</dt>
        <dd>{start.keychain}</dd>
        <dt className="text-ink-2">{t("settings.api")}</dt>
        <dd className="select-text">
          <span className="font-id">{start.apiURL || t("settings.apiDefault")}</span>
          {start.apiManaged ? <span> · {t("settings.managed")}</span> : null}
          {start.apiURL && !start.apiManaged ? (
            <span className="text-warn"> · {t("settings.apiForced")}</span>
          ) : null}
        </dd>
      </dl>
    </Group>
  );
}
