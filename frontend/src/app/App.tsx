import { CSPProvider } from "@base-ui/react/csp-provider";
import { type QueryClient, QueryClientProvider, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { ActionProvider } from "@/actions/ActionProvider";
import { BackendProvider, useBackend } from "@/backend/BackendProvider";
import type { Backend } from "@/backend/backend";
import { type Connection, environmentOf, type Instance, type Start } from "@/backend/instances";
import { nobody, type Operator } from "@/backend/operator";
import { problemFrom } from "@/backend/problem";
import { AddressScreen } from "@/features/connect/AddressScreen";
import { ConnectScreen } from "@/features/connect/ConnectScreen";
import { IdentityScreen } from "@/features/connect/IdentityScreen";
import { OpeningPane } from "@/features/connect/OpeningPane";
import { type Attempt, type ConnectionFlow, useConnection } from "@/features/connect/useConnection";
import { useSwitch } from "@/features/connect/useSwitch";
import { LockCommand } from "@/features/lock/LockCommand";
import { useReportUse } from "@/features/lock/useReportUse";
import { SignInDialog } from "@/features/operator/SignInDialog";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { useLasting } from "@/ui/useLasting";
import { createQueryClient } from "@/workspace/queryClient";
import { useReadSettings, WindowQueries } from "@/workspace/settings";
import { Appearance } from "./appearance";
import { CrashGuard } from "./CrashGuard";
import { keepFocus } from "./keepFocus";
import { LockedWindow } from "./LockedWindow";
import { OutsideFrame } from "./OutsideFrame";
import { addressQuery, operatorQuery, startQuery } from "./queries";
import { Shell, type ShellProps } from "./Shell";
import { usePlaces } from "./usePlaces";

/** The sample workspace is there after as many milliseconds, on most computers. */
const sampleMS = 500;

/** The whole window, on whatever answers its calls. queries hold what is of no instance, or nothing yet. */
export function App({ backend, queries }: { backend: Backend; queries: QueryClient }) {
  useEffect(() => keepFocus(document), []);
  return (
    <BackendProvider backend={backend}>
      <CrashGuard>
        {/* The Content Security Policy has no room for style elements. */}
        <CSPProvider disableStyleElements>
          <ActionProvider>
            <QueryClientProvider client={queries}>
              <WindowQueries value={queries}>
                <Window backend={backend} />
              </WindowQueries>
            </QueryClientProvider>
          </ActionProvider>
        </CSPProvider>
      </CrashGuard>
    </BackendProvider>
  );
}

/**
 * A query client of its own. There is one per connected instance: when another
 * one is used, all that was loaded of the one before is dropped.
 */
function Scope({ children }: { children: ReactNode }) {
  const [client] = useState(createQueryClient);
  useEffect(() => () => client.clear(), [client]);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

function Window({ backend }: { backend: Backend }) {
  const start = useQuery({ ...startQuery(backend), select: withoutOpened });
  const queries = useQueryClient();
  if (start.error) {
    return (
      <Outside start={undefined}>
        <ProblemNotice
          key={start.errorUpdatedAt}
          problem={start.error.problem}
          className="m-auto w-110 max-w-full"
          onRetry={() => void queries.invalidateQueries(startQuery(backend))}
        />
      </Outside>
    );
  }
  if (!start.data) return null;
  if (start.data.problem) {
    return (
      <Outside start={start.data}>
        <ProblemNotice problem={problemFrom(start.data.problem)} className="m-auto w-110 max-w-full" />
      </Outside>
    );
  }
  return <Started start={start.data} />;
}

/** The window of no instance. */
function Outside({ start, children }: { start: Omit<Start, "opened"> | undefined; children: ReactNode }) {
  return (
    <>
      <Appearance environment={undefined} />
      <OutsideFrame start={start} instance={undefined}>
        {children}
      </OutsideFrame>
    </>
  );
}

/** Decides which of the screens is shown, from what is in use and what is tried. */
function Started({ start }: { start: Omit<Start, "opened"> }) {
  const backend = useBackend();
  const queries = useQueryClient();
  const { queryKey } = startQuery(backend);
  const [opened] = useState(() => queries.getQueryData(queryKey)?.opened);
  const flow = useConnection(opened, start.locked);
  const [first] = useState(() => (opened || start.locked ? undefined : firstAttempt(start)));
  const begin = useEffectEvent(() => {
    if (first) flow.connect(first);
    // The rows that came with the start belong to the connection, and go with it.
    if (opened) queries.setQueryData(queryKey, start);
  });
  useEffect(() => begin(), []);
  const places = usePlaces(flow);
  useReportUse();

  // Connecting another one lasts until what is in use changes.
  const epoch = flow.current?.epoch ?? 0;
  const [addingSince, setAddingSince] = useState<number | null>(null);
  const adding = addingSince === epoch;

  const connected = flow.current?.connection;
  const opening = openingOf(flow);
  const shown = opening ?? (adding ? undefined : connected?.instance);
  const use = (instance: Instance, query?: string) => {
    places.plan(instance, query);
    flow.connect({ by: "instance", instance });
  };
  const { switchTo, question } = useSwitch(connected?.instance, shown, use);

  // On the way to the sample nobody is asked to connect, unless it is a long one.
  const toSample = first?.by === "sample" && flow.attempt === first;
  const isLong = useLasting(toSample, sampleMS);
  if (first && (!flow.tried || (toSample && !isLong))) return null;
  if (flow.locked) {
    return (
      <Scope key="locked">
        <LockedWindow start={start} flow={flow} />
      </Scope>
    );
  }

  const connectAnother = () => {
    flow.cancel();
    setAddingSince(epoch);
  };
  const pasteAgain = () => {
    setAddingSince(epoch);
    flow.connect({ by: "clipboard" });
  };
  const back = () => {
    flow.cancel();
    setAddingSince(null);
  };
  const commands = {
    start,
    connectAnother,
    switchTo,
    described: flow.described,
    stay: places.stay,
    onForgotten: flow.forgotten,
  };

  return (
    <>
      {opening ? (
        <Scope key={`opening ${opening.id}`}>
          <Appearance environment={environmentOf(opening)} />
          <Shell
            {...commands}
            stay={(place) => places.goAhead(opening, place)}
            instance={opening}
            operator={nobody}
            signIn={() => undefined}
            identifyAgain={() => undefined}
            state={flow.failed ? "locked" : "opening"}
          >
            <OpeningPane start={start} instance={opening} flow={flow} onPaste={pasteAgain} />
          </Shell>
        </Scope>
      ) : null}
      {connected && flow.current ? (
        <Scope key={`connected ${flow.current.epoch}`}>
          {shown === connected.instance ? (
            <Connected
              connection={connected}
              flow={flow}
              onOtherKey={connectAnother}
              place={places.of(connected.instance)}
              {...commands}
            />
          ) : null}
        </Scope>
      ) : null}
      {shown ? null : (
        <Outside start={start}>
          <ConnectScreen start={start} flow={flow} onUse={switchTo} onBack={connected ? back : undefined} />
        </Outside>
      )}
      {question}
    </>
  );
}

/**
 * The window of a connected instance. It asks first whether it is still at the
 * same address, beside the first rows, and who acts, unless that is known.
 */
function Connected({
  connection: { instance, operator, users },
  flow,
  onOtherKey,
  ...commands
}: {
  connection: Connection;
  flow: ConnectionFlow;
  onOtherKey: () => void;
} & Omit<ShellProps, "instance" | "operator" | "state" | "users" | "signIn" | "identifyAgain">) {
  useReadSettings();
  const backend = useBackend();
  const queries = useQueryClient();
  const [signingIn, setSigningIn] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const nameless = operator.id !== "" && operator.name === "" && operator.email === "";
  const named = useQuery({ ...operatorQuery(backend), enabled: nameless });
  const gone = named.error?.problem.code === "operator_gone";
  const known = (nameless ? named.data : undefined) ?? operator;
  const signIn = () => setSigningIn(true);
  const acts = (who: Operator) => {
    flow.identified(who);
    setChoosing(false);
  };
  const address = useQuery(addressQuery(backend)).data;
  if (address?.changed) {
    return (
      <>
        <Appearance environment={environmentOf(instance)} />
        <OutsideFrame start={commands.start} instance={instance}>
          <AddressScreen
            instance={instance}
            address={address}
            flow={flow}
            onForgotten={commands.onForgotten}
            onOther={onOtherKey}
          />
        </OutsideFrame>
      </>
    );
  }
  return (
    <>
      <Appearance environment={environmentOf(instance)} />
      <LockCommand />
      {operator.id === "" || gone || choosing ? (
        <OutsideFrame start={commands.start} instance={instance}>
          <IdentityScreen
            instance={instance}
            onPicked={acts}
            onSignIn={signIn}
            onOtherKey={onOtherKey}
            onBack={choosing && !gone ? () => setChoosing(false) : undefined}
          />
        </OutsideFrame>
      ) : (
        // The rows of users mark the operator, so another operator gets another shell.
        <Shell
          key={operator.id}
          {...commands}
          instance={instance}
          operator={known}
          state="connected"
          users={users}
          signIn={signIn}
          identifyAgain={() => setChoosing(true)}
        />
      )}
      {signingIn ? (
        <SignInDialog
          instance={instance}
          operator={gone ? nobody : known}
          onSignedIn={(who) => {
            acts(who);
            void queries.invalidateQueries();
          }}
          onClose={() => setSigningIn(false)}
        />
      ) : null}
    </>
  );
}

/** Taken out of it, they leave it the same: nothing is drawn anew. */
function withoutOpened(start: Start): Omit<Start, "opened"> {
  const { opened: _, ...rest } = start;
  return rest;
}

/** The first attempt of the window: the instance used last, or the sample if it was asked for. */
function firstAttempt(start: Start): Attempt | undefined {
  if (start.sample) return { by: "sample" };
  const instance = start.instances.find(({ id }) => id === start.selected) ?? start.instances[0];
  return instance && { by: "instance", instance };
}

/** The connected instance whose key is being fetched, or could not be. */
function openingOf(flow: ConnectionFlow): Instance | undefined {
  const attempt = flow.attempt ?? flow.failed?.attempt;
  return attempt?.by === "instance" ? attempt.instance : undefined;
}
