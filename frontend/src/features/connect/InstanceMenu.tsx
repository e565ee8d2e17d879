import { useQuery } from "@tanstack/react-query";
import { Check, ChevronsUpDown, KeyRound, Lock, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useAction, useActionBus } from "@/actions/ActionProvider";
import { instanceActions, shortcutOf } from "@/actions/keys";
import { useBackend } from "@/backend/BackendProvider";
import { environmentOf, type Instance } from "@/backend/instances";
import { t } from "@/text/i18n";
import { cx } from "@/ui/cx";
import { Icon } from "@/ui/Icon";
import { Menu, MenuItem, MenuSeparator } from "@/ui/Menu";
import { EnvironmentName, InstanceLetter } from "@/workspace/InstanceBadge";
import { instancesQuery } from "@/workspace/queries";
import { useWorkspace } from "@/workspace/workspace";

/** The card at the top of the sidebar: it names the instance and leads to another one. */
export function InstanceMenu() {
  const backend = useBackend();
  const bus = useActionBus();
  const { instance, switchTo, connectAnother, askToForget, askForKey } = useWorkspace();
  const [open, setOpen] = useState(false);
  const instances = useQuery({ ...instancesQuery(backend), enabled: open }).data ?? [instance];
  useAction("instance", () => setOpen(true));

  const environment = environmentOf(instance);
  return (
    <Menu
      open={open}
      onOpenChange={setOpen}
      className="w-60"
      trigger={
        <button
          type="button"
          aria-label={t("instance.menu", {
            name: instance.name,
            environment: t(`environment.${environment}`),
          })}
          className={cx(
            "flex h-11 w-full items-center gap-2 rounded-lg border border-env-line bg-env-tint px-1.75 text-left hover:bg-hover",
            "justify-center @4xl:justify-start",
          )}
        >
          <InstanceLetter instance={instance} />
          <span className="hidden min-w-0 flex-1 @4xl:block">
            <bdi className="block truncate text-13/4 font-semibold">{instance.name}</bdi>
            <span className="caps block truncate leading-3.5 text-env-ink">
              <EnvironmentName instance={instance} />
            </span>
          </span>
          <Icon icon={ChevronsUpDown} className="hidden text-ink-3 @4xl:block" />
        </button>
      }
    >
      {instances.map((item, index) => (
        <InstanceItem
          key={item.id}
          instance={item}
          current={item.id === instance.id}
          place={index}
          onSelect={() => switchTo(item)}
        />
      ))}
      <MenuSeparator />
      <MenuItem icon={Plus} onSelect={connectAnother}>
        {t("instance.connect")}
      </MenuItem>
      {environment === "sample" ? null : (
        <MenuItem icon={KeyRound} onSelect={() => askForKey(instance)}>
          {t("instance.replaceKey")}
        </MenuItem>
      )}
      <MenuItem icon={Lock} shortcut={shortcutOf("lock")} onSelect={() => bus.dispatch("lock")}>
        {t("instance.lock")}
      </MenuItem>
      {environment === "sample" ? null : (
        <MenuItem icon={Trash2} danger onSelect={() => askToForget(instance)}>
          {t("instance.forget", { name: instance.name })}
        </MenuItem>
      )}
    </Menu>
  );
}

function InstanceItem({
  instance,
  current,
  place,
  onSelect,
}: {
  instance: Instance;
  current: boolean;
  place: number;
  onSelect: () => void;
}) {
  const action = instanceActions[place];
  return (
    <MenuItem onSelect={onSelect} {...(action ? { shortcut: shortcutOf(action) } : {})}>
      <span className="flex items-center gap-2.5" data-env={environmentOf(instance)}>
        <InstanceLetter instance={instance} className="size-6 text-12" />
        <span className="min-w-0 flex-1">
          <bdi className="block truncate font-medium">{instance.name}</bdi>
          <span className="block text-11 text-ink-2">
            <EnvironmentName instance={instance} />
          </span>
        </span>
        {current ? (
          <>
            <span className="sr-only">{t("instance.current")}</span>
            <Icon icon={Check} className="text-ink-2" />
          </>
        ) : null}
      </span>
    </MenuItem>
  );
}
