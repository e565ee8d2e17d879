import { Toast as Base } from "@base-ui/react/toast";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { t } from "@/text/i18n";
import { IconButton } from "./IconButton";

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
  const { add, update, close } = Base.useToastManager();
  return {
    show: (message) => add(shown(message)),
    update: (id, message) => update(id, shown(message)),
    close,
  };
}

function shown({ title, children, stays }: Message) {
  return { title, description: children, timeout: stays ? 0 : stayMS };
}

export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider limit={4}>
      {children}
      <Base.Portal>
        <Base.Viewport className="fixed right-3 bottom-10 z-30 flex w-90 max-w-[calc(100%-1.5rem)] flex-col gap-2">
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function Toasts() {
  const { toasts } = Base.useToastManager();
  return toasts.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      swipeDirection={[]}
      className="rounded-lg bg-raised shadow-pop transition-opacity duration-160 data-ending-style:opacity-0 data-starting-style:opacity-0"
    >
      <Base.Content className="flex items-start gap-2 p-3 pl-3.5">
        <div className="min-w-0 flex-1 pt-0.5">
          <Base.Title className="text-13 font-semibold" />
          <Base.Description render={<div />} className="text-12 text-ink-2" />
        </div>
        <Base.Close render={<IconButton icon={X} label={t("close")} className="-mt-1 -mr-1" />} />
      </Base.Content>
    </Base.Root>
  ));
}
