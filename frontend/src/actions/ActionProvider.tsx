import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useBackend } from "@/backend/BackendProvider";
import { useIsPainted } from "@/ui/AfterFirstPaint";
import { useTell } from "@/ui/Tell";
import { ActionBus, type Source } from "./bus";
import { type Action, actionOf, actions, isMac } from "./keys";

const BusContext = createContext<ActionBus | null>(null);

/** Listens to the keyboard and the native menu for everything below it. */
export function ActionProvider({ children }: { children: ReactNode }) {
  const backend = useBackend();
  const [bus] = useState(() => new ActionBus(() => performance.now()));

  useEffect(() => {
    window.addEventListener("keydown", leaveToInputMethod, true);
    return () => window.removeEventListener("keydown", leaveToInputMethod, true);
  }, []);

  // Before the second frame those that answer are not all there: actions wait for them, in order.
  const isReady = useIsPainted();
  const early = useRef<[Action, Source][]>([]);
  const dispatch = useEffectEvent((action: Action, source: Source): boolean => {
    if (isReady) return bus.dispatch(action, source);
    early.current.push([action, source]);
    return true;
  });
  useEffect(() => {
    if (isReady) for (const [action, source] of early.current.splice(0)) bus.dispatch(action, source);
  }, [bus, isReady]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const action = actionOf(event, isMac);
      if (!action || event.defaultPrevented || leftToThePage(action, event)) return;
      if (event.repeat ? bus.handler(action) : dispatch(action, "key")) event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [bus]);

  useEffect(
    () =>
      backend.onAction((name) => {
        const action = actions.find((known) => known === name);
        if (action) dispatch(action, "menu");
      }),
    [backend],
  );

  return <BusContext value={bus}>{children}</BusContext>;
}

/**
 * The Enter or Escape that confirms or leaves an input method, as Japanese is
 * typed with, is for it alone: nothing below hears of it. WebKit sends the one
 * that confirms after the end of the composition, with this code.
 */
function leaveToInputMethod(event: KeyboardEvent): void {
  // oxlint-disable-next-line typescript/no-deprecated -- nothing else tells it
  if (event.isComposing || event.keyCode === 229) event.stopPropagation();
}

/** Keys that text needs more than we do. */
function leftToThePage(action: Action, event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  const editing = target?.closest("input, textarea, [contenteditable=true]") != null;
  switch (action) {
    case "search":
      return event.key === "/" && editing;
    case "copyEmail":
      return editing || (document.getSelection()?.toString() ?? "") !== "";
    case "paste":
      return editing;
    default:
      return false;
  }
}

export function useActionBus(): ActionBus {
  const bus = useContext(BusContext);
  if (!bus) throw new Error("useActionBus needs an ActionProvider above it");
  return bus;
}

/** Calls `handle` for an action, for as long as the component is there and `enabled`. */
export function useAction(action: Action, handle: () => void, enabled = true): void {
  const bus = useActionBus();
  const current = useEffectEvent(handle);
  useEffect(() => (enabled ? bus.add(action, () => current()) : undefined), [bus, action, enabled]);
}

/** Says why an action does nothing, for as long as that is known. */
export function useIdleAction(action: Action, why: string | undefined): void {
  const bus = useActionBus();
  const tell = useTell();
  useEffect(
    () => (why === undefined ? undefined : bus.addIdle(action, () => tell(why))),
    [bus, action, why, tell],
  );
}

/** Placed first in a modal dialog: the screen under it hears no actions. */
export function ActionBarrier() {
  const bus = useContext(BusContext);
  useLayoutEffect(() => bus?.block(), [bus]);
  return null;
}
