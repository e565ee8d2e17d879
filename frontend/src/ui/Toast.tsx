import { createContext, type ReactNode, useContext, useState } from "react";
import { t } from "@/text/i18n";
import { Message } from "./Message";
import { TellProvider } from "./Tell";

/** A message that says what was done. */
export interface Toast {
  title: string;
  /** The line below. */
  children?: ReactNode;
  /** Stays until it is closed. */
  stays?: boolean;
}

/** How long it takes to read a message and to reach its button, in milliseconds. */
const readMS = 8_000;

/** More would hide what is worked on. */
const most = 4;

const ShowContext = createContext<((toast: Toast) => void) | null>(null);

/** Says what was done; said again, it stands there once. A failure is said where it happened. */
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
      <Messages first={first} toasts={shown.toasts} onClose={close} />
    </ShowContext>
  );
}

/**
 * The corner of the window with what is told. It is a pane, so that the keyboard
 * reaches it, and takes the focus from nobody. Of what changes there the titles
 * are spoken.
 */
function Messages({
  first,
  toasts,
  onClose,
}: {
  first: ReactNode;
  toasts: readonly (Toast & { id: number })[];
  onClose: (id: number) => void;
}) {
  return (
    <section
      data-pane
      aria-label={t("messages")}
      aria-live="polite"
      className="pointer-events-none fixed right-3 bottom-10 z-30 flex max-h-[calc(100%-3.5rem)] w-101 max-w-[calc(100%-1.5rem)] flex-col items-end gap-2"
    >
      {first}
      {toasts.map(({ id, title, children, stays }) => (
        <Message
          key={id}
          title={title}
          leave={stays ? undefined : { after: readMS, since: "", act: () => onClose(id) }}
          onClose={() => onClose(id)}
        >
          {children}
        </Message>
      ))}
    </section>
  );
}
