import { Activity, type ReactNode, useEffect, useRef, useState } from "react";
import { useAction, useActionBus, useIdleAction } from "@/actions/ActionProvider";
import type { Ask } from "@/backend/impersonations";
import type { Instance } from "@/backend/instances";
import type { UserRow, UsersPage } from "@/backend/users";
import { ForgetInstance } from "@/features/connect/ForgetInstance";
import { ReplaceKey } from "@/features/connect/ReplaceKey";
import { Diagnostics } from "@/features/diagnostics/Diagnostics";
import { HistoryScreen } from "@/features/history/HistoryScreen";
import { ImpersonateDialog } from "@/features/impersonate/ImpersonateDialog";
import { StartedMessages } from "@/features/impersonate/StartedMessages";
import { StartedProvider } from "@/features/impersonate/started";
import { AllowDialog } from "@/features/live/AllowDialog";
import { EndCommands } from "@/features/live/EndCommands";
import { LiveScreen } from "@/features/live/LiveScreen";
import type { OpenedRow } from "@/features/live/useOpenRows";
import { SettingsScreen } from "@/features/settings/SettingsScreen";
import { UsersScreen, type WantedSearch } from "@/features/users/UsersScreen";
import { t } from "@/text/i18n";
import { AfterFirstPaint } from "@/ui/AfterFirstPaint";
import { ProblemWayProvider } from "@/ui/problemWay";
import { ToastProvider } from "@/ui/Toast";
import { wayOn } from "@/workspace/ProblemWay";
import { StatusSlot, StatusSlotProvider } from "@/workspace/statusSlot";
import { useAnswered } from "@/workspace/useAnswered";
import {
  type Given,
  type Place,
  type Section,
  type Workspace,
  WorkspaceProvider,
} from "@/workspace/workspace";
import { ClosingDialog } from "./ClosingDialog";
import { CommandPalette } from "./CommandPalette";
import { HelpSheet } from "./HelpSheet";
import { InstanceKeys } from "./InstanceKeys";
import { LiveBar } from "./LiveBar";
import { focusNextPane } from "./panes";
import { Sidebar } from "./Sidebar";
import { EnvironmentBlock, StatusBar } from "./StatusBar";
import { StatusNotes } from "./StatusNotes";
import { useAsked } from "./useAsked";
import { ZoomKeys } from "./ZoomKeys";

export interface ShellProps
  extends Pick<
    Workspace,
    | "start"
    | "instance"
    | "operator"
    | "connectAnother"
    | "switchTo"
    | "described"
    | "stay"
    | "signIn"
    | "identifyAgain"
  > {
  /** Where to begin; at the users if it is left out. */
  place?: Place;
  state: "opening" | "locked" | "connected";
  /** The first rows, if they came with the connection. */
  users?: UsersPage | undefined;
  onForgotten: (id: string) => void;
  /** In place of the sections that need the key, until it is there. */
  children?: ReactNode;
}

/**
 * The window of an instance: sections at the side, one of them open, the status
 * bar below. While its key is fetched (`children`), those that need it wait.
 */
export function Shell({
  start,
  instance,
  operator,
  state,
  users,
  place,
  children,
  onForgotten,
  ...commands
}: ShellProps) {
  const [section, setSection] = useState<Section>(place?.section ?? "users");
  const [announced, setAnnounced] = useState<Section>();
  const [openedUser, setOpenedUser] = useState(place?.user ? { id: place.user } : undefined);
  const [historyOf, setHistoryOf] = useState<string>();
  const [wantedSearch, setWantedSearch] = useState<WantedSearch | undefined>(
    place?.query ? { query: place.query } : undefined,
  );
  const [impersonating, setImpersonating] = useState<{ user: UserRow; given: Given } | null>(null);
  const [allowing, setAllowing] = useState<Ask | null>(null);
  const [openedRow, setOpenedRow] = useState<OpenedRow>();
  const [forgetting, setForgetting] = useState<Instance | null>(null);
  const [replacing, setReplacing] = useState<Instance | null>(null);
  const connected = state === "connected";

  const navigate = (next: Section, userID?: string) => {
    setSection(next);
    setOpenedRow(undefined);
    if (next !== section) setAnnounced(next);
    commands.stay({ section: next });
    if (next === "history") setHistoryOf((before) => (section === "history" ? before : userID));
    else if (userID) setOpenedUser({ id: userID });
  };
  const workspace: Workspace = {
    ...commands,
    start,
    instance,
    operator,
    navigate,
    showUsers: (query, first = false) => {
      setWantedSearch({ query, first });
      navigate("users");
    },
    // An open dialog stays: text typed for one user must not be sent for another.
    impersonate: (user, given = {}) => setImpersonating((open) => open ?? { user, given }),
    allow: (ask) => setAllowing((open) => open ?? ask),
    askToForget: setForgetting,
    askForKey: setReplacing,
  };

  useAsked((asked) => {
    if (asked.kind !== "show") return workspace.allow(asked);
    navigate("live");
    setOpenedRow({ id: asked.id });
  });
  useAnswered();
  useAction("users", () => navigate("users"));
  useAction("live", () => navigate("live"));
  useAction("history", () => navigate("history"));
  useAction("settings", () => navigate("settings"));
  useAction("signIn", commands.signIn, connected);
  useAction("nextPane", focusNextPane);
  useSearchFromAnywhere(section, navigate);

  return (
    <WorkspaceProvider value={workspace}>
      <ProblemWayProvider value={wayOn}>
        <StartedProvider>
          <ToastProvider first={<StartedMessages />}>
            <StatusSlotProvider>
              <div className="@container flex h-full flex-col">
                <p role="status" aria-label={t("navigation.label")} className="sr-only">
                  {announced === undefined ? null : t(`navigation.${announced}`)}
                </p>
                <div aria-hidden className="h-1 shrink-0 bg-env" />
                <div className="flex min-h-0 flex-1">
                  <Sidebar section={section} connected={connected} />
                  <main data-pane tabIndex={-1} className="flex min-w-0 flex-1 bg-surface outline-none">
                    {section === "users" || section === "history" ? (
                      <h1 className="sr-only">{t(`navigation.${section}`)}</h1>
                    ) : null}
                    {connected ? (
                      // Hidden, not gone: the place in the table and the selection stay.
                      <Activity mode={section === "users" ? "visible" : "hidden"}>
                        <UsersScreen first={users} opened={openedUser} wanted={wantedSearch} />
                      </Activity>
                    ) : null}
                    {!connected && (section === "users" || section === "live") ? children : null}
                    {connected && section === "live" ? <LiveScreen opened={openedRow} /> : null}
                    {section === "history" ? <HistoryScreen userID={historyOf} /> : null}
                    {section === "settings" ? <SettingsScreen /> : null}
                  </main>
                </div>
                <StatusBar apiURL={start.apiURL}>
                  <AfterFirstPaint>
                    <EnvironmentBlock instance={instance} />
                    <StatusSlot />
                    <StatusNotes state={state} section={section} />
                    {connected ? <LiveBar /> : null}
                  </AfterFirstPaint>
                </StatusBar>
              </div>
            </StatusSlotProvider>
            {connected ? <IdleKeys section={section} /> : null}
            <AfterFirstPaint>
              <InstanceKeys />
              <ZoomKeys />
              <CommandPalette />
              <HelpSheet />
              <Diagnostics />
              {connected ? <ClosingDialog /> : null}
              {connected ? <EndCommands /> : null}
              <ReplaceKey instance={replacing} onDone={() => setReplacing(null)} />
              <ForgetInstance
                instance={forgetting}
                onDone={() => setForgetting(null)}
                onForgotten={onForgotten}
              />
            </AfterFirstPaint>
            {impersonating ? (
              <ImpersonateDialog {...impersonating} onClose={() => setImpersonating(null)} />
            ) : null}
            {allowing && connected ? <AllowDialog ask={allowing} onClose={() => setAllowing(null)} /> : null}
          </ToastProvider>
        </StartedProvider>
      </ProblemWayProvider>
    </WorkspaceProvider>
  );
}

/** Says of keys that nothing here answers to why they do nothing. */
function IdleKeys({ section }: { section: Section }) {
  const elsewhere = section === "users" ? undefined : t("users.panel.elsewhere");
  useIdleAction("impersonate", elsewhere);
  useIdleAction("copyEmail", elsewhere);
  useIdleAction("copyID", elsewhere);
  useIdleAction("refresh", t("navigation.nothingToRefresh"));
  return null;
}

/** Search belongs to the section that is open; from one without, it leads to the users. */
function useSearchFromAnywhere(section: Section, navigate: (section: Section) => void) {
  const bus = useActionBus();
  const wanted = useRef(false);
  useAction(
    "search",
    () => {
      wanted.current = true;
      navigate("users");
    },
    section === "live" || section === "settings",
  );
  useEffect(() => {
    if (!wanted.current || section !== "users") return;
    wanted.current = false;
    bus.handler("search")?.();
  }, [bus, section]);
}
