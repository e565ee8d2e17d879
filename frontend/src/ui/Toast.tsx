import { Toast as Base } from "@base-ui/react/toast";
import { createContext, type ReactNode, useContext, useState } from "react";
import { later, useLater } from "./later";
import { TellProvider } from "./Tell";

const Toasts = later(() => import("./toastParts").then((parts) => parts.Toasts));

type Manager = ReturnType<typeof Base.createToastManager>;

const ManagerContext = createContext<Manager | null>(null);

interface Message {
  title: ReactNode;
  /** The line below; it may follow what happens next. */
  children?: ReactNode;
  /** Stays until it is closed. */
  stays?: boolean;
}

/** How long a message stays by itself: enough to read it and reach its button. */
const stayMS = 10_000;

/** Says what was done. What failed is said where it failed. */
export function useToast(): {
  show: (message: Message) => string;
  /** Puts another message in the place of one. */
  update: (id: string, message: Message) => void;
  close: (id: string) => void;
} {
  const manager = useContext(ManagerContext);
  if (!manager) throw new Error("useToast needs a ToastProvider above it");
  return {
    show: (message) => manager.add(shown(message)),
    update: (id, message) => manager.update(id, shown(message)),
    close: manager.close,
  };
}

function shown({ title, children, stays }: Message) {
  return { title, description: children, timeout: stays ? 0 : stayMS };
}

/** Shows the messages of everything below it. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [manager] = useState(() => Base.createToastManager());
  return (
    <ManagerContext value={manager}>
      <TellProvider>{children}</TellProvider>
      {useLater() ? <Toasts manager={manager} /> : null}
    </ManagerContext>
  );
}
