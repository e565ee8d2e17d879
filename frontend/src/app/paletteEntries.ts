import { useQuery } from "@tanstack/react-query";
import type { ActionBus } from "@/actions/bus";
import { type Action, instanceActions, shortcutOf } from "@/actions/keys";
import { useBackend } from "@/backend/BackendProvider";
import { type Impersonation, isActive } from "@/backend/impersonations";
import type { Instance } from "@/backend/instances";
import type { Settings } from "@/backend/settings";
import { useEndAndTell } from "@/features/live/useEndAndTell";
import { searchesQuery } from "@/features/users/queries";
import { useRemember } from "@/features/users/search/useRemember";
import { t } from "@/text/i18n";
import { userNameOf, wayToEnd } from "@/workspace/impersonations";
import { instancesQuery, liveQuery } from "@/workspace/queries";
import { useChangeSettings, useSettings } from "@/workspace/settings";
import { useWorkspace } from "@/workspace/workspace";

export const groups = ["liveGroup", "commands", "instances", "appearance", "searches"] as const;

/** An entry that can be chosen: an action in words, or an earlier search. */
export interface Entry {
  readonly name: string;
  readonly group: (typeof groups)[number];
  readonly label: string;
  readonly shortcut?: string;
  readonly kept?: "pinned" | "recent";
  readonly instance?: Instance;
  /** Tells two of one name apart. */
  readonly detail?: string;
  readonly handle: () => void;
}

const commands = [
  "impersonate",
  "copyEmail",
  "copyID",
  "openInClerk",
  "copySummary",
  "users",
  "live",
  "history",
  "settings",
  "instance",
  "signIn",
  "refresh",
  "lock",
] as const satisfies readonly Action[];

const looks = ["zoomIn", "zoomOut", "zoomReset", "help", "diagnostics"] as const satisfies readonly Action[];

const themes = ["light", "dark", "system"] as const satisfies readonly Settings["theme"][];

/** The handlers of the actions as they are now. An open dialog keeps them to itself: they are read before. */
export type Handlers = Partial<Record<Action, () => void>>;

export function handlersOf(bus: ActionBus): Handlers {
  const wanted: readonly Action[] = ["search", "endAll", ...commands, ...looks, ...instanceActions];
  return Object.fromEntries(
    wanted.flatMap((action) => {
      const handle = bus.handler(action);
      return handle ? [[action, handle]] : [];
    }),
  );
}

/** Everything that can be chosen, in the order of its groups. */
export function usePaletteEntries(handlers: Handlers, open: boolean): readonly Entry[] {
  const backend = useBackend();
  const { instance, showUsers } = useWorkspace();
  const instances = useQuery(instancesQuery(backend)).data ?? [];
  const searches = useQuery({ ...searchesQuery(backend), enabled: open }).data;
  // "End all" has a handler only while impersonations run.
  const live = useQuery({ ...liveQuery(backend), enabled: open && handlers.endAll !== undefined }).data;
  const settings = useSettings().data;
  const save = useChangeSettings();
  const end = useEndAndTell();
  const remember = useRemember();

  const actionsOf = (group: Entry["group"], of: readonly (keyof typeof handlers & keyof Words)[]) =>
    of.flatMap((action): Entry[] => {
      const handle = handlers[action];
      return handle
        ? [{ name: action, group, label: t(`palette.${action}`), shortcut: shortcutOf(action), handle }]
        : [];
    });
  const endOf = (item: Impersonation): Entry => ({
    name: `end ${item.id}`,
    group: "liveGroup",
    label: t(`ends.${wayToEnd(item)}.command`, { name: userNameOf(item) }),
    detail: (item.userName && item.userEmail) || item.userID,
    handle: () => end.start(item),
  });
  const switchTo = (action: Action, index: number): Entry[] => {
    const [other, handle] = [instances[index], handlers[action]];
    if (!other || !handle || other.id === instance.id) return [];
    return [
      {
        name: action,
        group: "instances",
        label: t("palette.switchTo", { name: other.name }),
        shortcut: shortcutOf(action),
        instance: other,
        handle,
      },
    ];
  };

  return [
    ...(live?.items ?? []).filter(isActive).map(endOf),
    ...actionsOf("liveGroup", ["endAll"]),
    ...actionsOf("commands", commands),
    ...instanceActions.flatMap(switchTo),
    ...(settings && !settings.managed.includes("theme") ? themes : []).map(
      (theme): Entry => ({
        name: theme,
        group: "appearance",
        label: t(`palette.${theme}`),
        handle: () => save.mutate({ theme }),
      }),
    ),
    ...actionsOf("appearance", looks),
    ...(["pinned", "recent"] as const).flatMap((kept) =>
      (searches?.[kept] ?? []).map(
        (query): Entry => ({
          name: `${kept} ${query}`,
          group: "searches",
          label: query,
          kept,
          handle: () => {
            remember(query);
            showUsers(query);
          },
        }),
      ),
    ),
  ];
}

type Words = Record<(typeof commands | typeof looks)[number] | "endAll", string>;
