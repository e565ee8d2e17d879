import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ChevronDown, ChevronUp, Ellipsis, KeyRound, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { environmentOf, type Instance } from "@/backend/instances";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { IconButton } from "@/ui/IconButton";
import { Menu, MenuItem } from "@/ui/Menu";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { Tag } from "@/ui/Tag";
import { EnvironmentName, InstanceLetter } from "@/workspace/InstanceBadge";
import { instancesQuery } from "@/workspace/queries";
import { useWorkspace } from "@/workspace/workspace";
import { EditInstance } from "./EditInstance";
import { Group, Row } from "./rows";

/** The connected instances, with their keys, names and order. */
export function InstancesPage() {
  const instances = useQuery(instancesQuery(useBackend()));
  const { connectAnother } = useWorkspace();
  const [editing, setEditing] = useState<Instance | null>(null);
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
            instances.data.map((item, index, all) => (
              <InstanceRow
                key={item.id}
                item={item}
                place={index}
                of={all.length}
                onEdit={() => setEditing(item)}
              />
            ))
          )}
        </Group>
      ) : null}
      <Button icon={Plus} onClick={connectAnother}>
        {t("settings.connectAnother")}
      </Button>
      <EditInstance instance={editing} onDone={() => setEditing(null)} />
    </>
  );
}

function InstanceRow({
  item,
  place,
  of,
  onEdit,
}: {
  item: Instance;
  place: number;
  of: number;
  onEdit: () => void;
}) {
  const backend = useBackend();
  const queries = useQueryClient();
  const { instance, start, switchTo, askToForget, askForKey } = useWorkspace();
  const move = useMutation({
    mutationFn: (by: number) => backend.moveInstance(item.id, by),
    onSuccess: (all) => queries.setQueryData(instancesQuery(backend).queryKey, all),
  });
  const { name } = item;
  const isSample = environmentOf(item) === "sample";
  const kept = item.inMemory
    ? t("settings.inMemory")
    : t("settings.inKeychain", { keychain: start.keychain });
  return (
    <Row
      title={
        <span className="flex items-center gap-2" data-env={environmentOf(item)}>
          <InstanceLetter instance={item} className="size-5 rounded-sm text-11" />
          <bdi>{name}</bdi>
          <span className="caps text-env-ink">
            <EnvironmentName instance={item} />
          </span>
        </span>
      }
      about={
        item.keyHint && !isSample ? (
          <>
            <span className="font-id select-text">{item.keyHint}</span> · {kept}
            <span className="block">
              {t("settings.fingerprint")} <span className="font-id select-text">{item.fingerprint}</span>
            </span>
          </>
        ) : (
          t("settings.noKey")
        )
      }
      problem={move.error?.problem}
      onRetry={() => {
        if (move.variables !== undefined) move.mutate(move.variables);
      }}
    >
      {item.id === instance.id ? (
        <Tag>{t("settings.inUse")}</Tag>
      ) : (
        <Button onClick={() => switchTo(item)}>{t("settings.use")}</Button>
      )}
      {isSample ? null : (
        <>
          <Button onClick={onEdit}>{t("settings.edit")}</Button>
          <span className="flex">
            <IconButton
              icon={ChevronUp}
              label={t("settings.moveUp", { name })}
              disabled={place === 0 || item.inMemory}
              onClick={() => move.mutate(-1)}
            />
            <IconButton
              icon={ChevronDown}
              label={t("settings.moveDown", { name })}
              disabled={place === of - 1 || item.inMemory}
              onClick={() => move.mutate(1)}
            />
            <Menu align="end" trigger={<IconButton icon={Ellipsis} label={t("settings.more", { name })} />}>
              <MenuItem icon={KeyRound} onSelect={() => askForKey(item)}>
                {t("settings.replaceKey")}
              </MenuItem>
              <MenuItem icon={Trash2} danger onSelect={() => askToForget(item)}>
                {t("settings.forget")}
              </MenuItem>
            </Menu>
          </span>
        </>
      )}
    </Row>
  );
}
