import { createContext, type ReactNode, useContext, useState } from "react";
import { later, useLater } from "./later";
import { TellProvider } from "./Tell";

const Messages = later(() => import("./messageParts").then((parts) => parts.Messages));

/** What was done, in words. */
export interface Toast {
  title: string;
  /** The line below. */
  children?: ReactNode;
  /** Stays until it is closed. */
  stays?: boolean;
}

/** More would hide what is worked on. */
const most = 4;

const ShowContext = createContext<((toast: Toast) => void) | null>(null);

/** Says what was done; said again, it stands there once. What failed is said where it failed. */
export function useToast(): { show: (toast: Toast) => void } {
  const show = useContext(ShowContext);
  if (!show) throw new Error("useToast needs a ToastProvider above it");
  return { show };
}

/** Shows the messages of everything below it, after those that `first` has. */
export function ToastProvider({ first, children }: { first?: ReactNode; children: ReactNode }) {
  const [shown, setShown] = useState<{ last: number; toasts: (Toast & { id: number })[] }>({
    last: 0,
    toasts: [],
  });
  const [show] = useState(
    () => (toast: Toast) =>
      setShown(({ last, toasts }) => ({
        last: last + 1,
        toasts: [...toasts.filter(({ title }) => title !== toast.title), { ...toast, id: last }].slice(-most),
      })),
  );
  const close = (id: number) =>
    setShown(({ last, toasts }) => ({ last, toasts: toasts.filter((toast) => toast.id !== id) }));
  return (
    <ShowContext value={show}>
      <TellProvider>{children}</TellProvider>
      {useLater() ? <Messages first={first} toasts={shown.toasts} onClose={close} /> : null}
    </ShowContext>
  );
}
