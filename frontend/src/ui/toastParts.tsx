import { Toast as Base } from "@base-ui/react/toast";
import { X } from "lucide-react";
import type { ComponentProps } from "react";
import { t } from "@/text/i18n";
import { IconButton } from "./IconButton";

export function Toasts({ manager }: { manager: ComponentProps<typeof Base.Provider>["toastManager"] }) {
  return (
    <Base.Provider limit={4} toastManager={manager}>
      <Base.Portal>
        <Base.Viewport className="fixed right-3 bottom-10 z-30 flex w-90 max-w-[calc(100%-1.5rem)] flex-col gap-2">
          <Shown />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function Shown() {
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
