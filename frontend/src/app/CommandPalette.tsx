import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useAction, useActionBus } from "@/actions/ActionProvider";
import { type Action, instanceActions, shortcutOf } from "@/actions/keys";
import { useBackend } from "@/backend/BackendProvider";
import { instancesQuery } from "@/backend/queries";
import { t } from "@/text/i18n";
import { cx } from "@/ui/cx";
import { Dialog, DialogTitle } from "@/ui/Dialog";
import { Kbd } from "@/ui/Kbd";
import { TextInput } from "@/ui/TextInput";
import { useWorkspace } from "@/workspace/workspace";

const commands = [
  "search",
  "impersonate",
  "copyEmail",
  "copyID",
  "users",
  "live",
  "history",
  "settings",
  "instance",
  "signIn",
  "refresh",
  "zoomIn",
  "zoomOut",
  "zoomReset",
  "lock",
  "help",
] as const satisfies readonly Action[];

/** What can be chosen: an action, in words. */
interface Possible {
  command: Action;
  label: string;
  handle: () => void;
}

/** Everything that can be done right now, found by typing. */
export function CommandPalette() {
  const bus = useActionBus();
  const [open, setOpen] = useState(false);
  const { instance } = useWorkspace();
  const instances = useQuery(instancesQuery(useBackend())).data ?? [];
  const [possible, setPossible] = useState<readonly Possible[]>([]);
  // What can be done is asked for before the dialog keeps actions to itself.
  useAction("palette", () => {
    const found = commands.map((command) => ({ command, label: t(`palette.${command}`) }));
    const others = instanceActions.flatMap((command, index) => {
      const other = instances[index];
      return other && other.id !== instance.id
        ? [{ command, label: t("palette.switchTo", { name: other.name }) }]
        : [];
    });
    setPossible(
      [...found, ...others].flatMap((entry) => {
        const handle = bus.handler(entry.command);
        return handle ? [{ ...entry, handle }] : [];
      }),
    );
    setOpen(true);
  });

  return (
    <Dialog open={open} onClose={() => setOpen(false)} wide>
      <DialogTitle className="sr-only">{t("palette.label")}</DialogTitle>
      <CommandList
        possible={possible}
        onChoose={({ handle }) => {
          setOpen(false);
          handle();
        }}
      />
    </Dialog>
  );
}

function CommandList({
  possible,
  onChoose,
}: {
  possible: readonly Possible[];
  onChoose: (chosen: Possible) => void;
}) {
  const id = useId();
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);

  const wanted = query.trim().toLocaleLowerCase("en");
  const found = possible.filter(({ label }) => label.toLocaleLowerCase("en").includes(wanted));
  const step = (by: number) =>
    setActive((at) => (found.length === 0 ? 0 : (at + by + found.length) % found.length));

  return (
    <>
      <TextInput
        role="combobox"
        aria-label={t("palette.label")}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={found[active] ? `${id}-${found[active].command}` : undefined}
        placeholder={t("palette.placeholder")}
        className="mb-3 h-8"
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
        }}
        onKeyDown={(event) => {
          const chosen = found[active];
          if (event.key === "ArrowDown") step(1);
          else if (event.key === "ArrowUp") step(-1);
          else if (event.key === "Enter" && chosen) onChoose(chosen);
          else return;
          event.preventDefault();
        }}
      />
      <div id={`${id}-list`} role="listbox" aria-label={t("palette.label")}>
        {found.map((entry, index) => (
          // The box keeps the focus and the keys; the pointer chooses here.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={entry.command}
            id={`${id}-${entry.command}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={cx("flex h-8 items-center rounded-md px-2.5", index === active && "bg-sel")}
            onPointerMove={() => setActive(index)}
            onClick={() => onChoose(entry)}
          >
            <span className="flex-1">{entry.label}</span>
            <Kbd>{shortcutOf(entry.command)}</Kbd>
          </div>
        ))}
      </div>
      {found.length === 0 ? (
        <p role="status" className="py-4 text-center text-ink-2">
          {t("palette.none")}
        </p>
      ) : null}
    </>
  );
}
