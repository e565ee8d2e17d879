import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useBackend } from "@/backend/BackendProvider";
import { environmentOf, type Instance } from "@/backend/backend";
import { instancesQuery } from "@/backend/queries";
import { Button } from "@/ui/Button";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { Tag } from "@/ui/Tag";
import { EnvironmentName, InstanceLetter } from "@/workspace/InstanceBadge";
import { useWorkspace } from "@/workspace/workspace";
import { Group, Row } from "./rows";

/** The connected instances, to use or to forget. */
export function InstancesPage() {
  const { t } = useTranslation();
  const instances = useQuery(instancesQuery(useBackend()));
  const { connectAnother } = useWorkspace();
  return (
    <>
      {instances.error ? (
        <ProblemNotice
          key={instances.errorUpdatedAt}
          problem={instances.error.problem}
          onRetry={() => void instances.refetch()}
        />
      ) : null}
      {instances.data ? (
        <Group title={t("settings.connected")}>
          {instances.data.length === 0 ? (
            <p className="py-3 text-ink-2">{t("settings.noInstances")}</p>
          ) : (
            instances.data.map((item) => <InstanceRow key={item.id} item={item} />)
          )}
        </Group>
      ) : null}
      <Button icon={Plus} onClick={connectAnother}>
        {t("settings.connectAnother")}
      </Button>
    </>
  );
}

function InstanceRow({ item }: { item: Instance }) {
  const { t } = useTranslation();
  const { instance, start, switchTo, askToForget } = useWorkspace();
  const kept = item.inMemory
    ? t("settings.inMemory")
    : t("settings.inKeychain", { keychain: start.keychain });
  return (
    <Row
      title={
        <span className="flex items-center gap-2" data-env={environmentOf(item)}>
          <InstanceLetter instance={item} className="size-5 rounded-sm text-11" />
          <bdi>{item.name}</bdi>
          <span className="caps text-env-ink">
            <EnvironmentName instance={item} />
          </span>
        </span>
      }
      about={
        <>
          {item.keyHint ? <span className="font-id">{item.keyHint}</span> : t("settings.noKey")}
          {item.keyHint ? <span> · {kept}</span> : null}
        </>
      }
    >
      {item.id === instance.id ? (
        <Tag>{t("settings.inUse")}</Tag>
      ) : (
        <Button onClick={() => switchTo(item)}>{t("settings.use")}</Button>
      )}
      {environmentOf(item) === "sample" ? null : (
        <Button variant="danger" onClick={() => askToForget(item)}>
          {t("settings.forget")}
        </Button>
      )}
    </Row>
  );
}
