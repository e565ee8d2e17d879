import { useRef, useState } from "react";
import { useAction, useActionBus } from "@/actions/ActionProvider";
import { useRemember } from "@/features/users/search/useRemember";
import { t } from "@/text/i18n";
import { Dialog, DialogTitle } from "@/ui/Dialog";
import { useWorkspace } from "@/workspace/workspace";
import { PaletteList } from "./PaletteList";
import { type Handlers, handlersOf, usePaletteEntries } from "./paletteEntries";

/** Users, everything that can be done right now, and what was searched for before, found by typing. */
export function CommandPalette() {
  const bus = useActionBus();
  const [open, setOpen] = useState(false);
  const [handlers, setHandlers] = useState<Handlers>({});
  const input = useRef<HTMLInputElement>(null);
  const { showUsers } = useWorkspace();
  const remember = useRemember();
  const entries = usePaletteEntries(handlers, open);
  useAction("palette", () => {
    setHandlers(handlersOf(bus));
    setOpen(true);
  });
  const close = () => setOpen(false);

  return (
    <Dialog open={open} onClose={close} initialFocus={input} wide>
      <DialogTitle className="sr-only">{t("palette.label")}</DialogTitle>
      <PaletteList
        entries={entries}
        // Without the key of the instance there is nobody to search for.
        onSearch={
          handlers.search &&
          ((query) => {
            close();
            remember(query);
            if (query === "") handlers.search?.();
            else showUsers(query);
          })
        }
        onUser={({ id }) => {
          close();
          showUsers(id, true);
        }}
        inputRef={input}
        onChoose={({ handle }) => {
          close();
          handle();
        }}
      />
    </Dialog>
  );
}
