import { useQuery } from "@tanstack/react-query";
import { History, Pin } from "lucide-react";
import { type RefObject, useId, useRef, useState } from "react";
import { useAction, useActionBus } from "@/actions/ActionProvider";
import { type Action, instanceActions, shortcutOf } from "@/actions/keys";
import { useBackend } from "@/backend/BackendProvider";
import { instancesQuery } from "@/backend/queries";
import { searchesQuery } from "@/features/users/queries";
import { useRemember } from "@/features/users/search/useRemember";
import { t } from "@/text/i18n";
import { Dialog, DialogTitle } from "@/ui/Dialog";
import { Icon } from "@/ui/Icon";
import { Kbd } from "@/ui/Kbd";
import { Option } from "@/ui/Option";
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

/** What can be chosen: an action in words, or a search of before. */
interface Possible {
  name: string;
  label: string;
  shortcut?: string;
  kept?: "pinned" | "recent";
  handle: () => void;
}

/** Everything that can be done right now, and what was searched for before, found by typing. */
export function CommandPalette() {
  const bus = useActionBus();
  const backend = useBackend();
  const [open, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const { instance, showUsers } = useWorkspace();
  const instances = useQuery(instancesQuery(backend)).data ?? [];
  const searches = useQuery({ ...searchesQuery(backend), enabled: open }).data;
  const remember = useRemember();
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
      [...found, ...others].flatMap(({ command, label }) => {
        const handle = bus.handler(command);
        return handle ? [{ name: command, label, shortcut: shortcutOf(command), handle }] : [];
      }),
    );
    setOpen(true);
  });
  const kept = (["pinned", "recent"] as const).flatMap((kind) =>
    (searches?.[kind] ?? []).map((query) => ({
      name: `${kind} ${query}`,
      label: query,
      kept: kind,
      handle: () => {
        remember(query);
        showUsers(query);
      },
    })),
  );

  return (
    <Dialog open={open} onClose={() => setOpen(false)} initialFocus={input} wide>
      <DialogTitle className="sr-only">{t("palette.label")}</DialogTitle>
      <CommandList
        possible={[...possible, ...kept]}
        inputRef={input}
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
  inputRef,
  onChoose,
}: {
  possible: readonly Possible[];
  inputRef: RefObject<HTMLInputElement | null>;
  onChoose: (chosen: Possible) => void;
}) {
  const id = useId();
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);

  const wanted = query.trim().toLocaleLowerCase("en");
  const found = possible.filter(({ label }) => label.toLocaleLowerCase("en").includes(wanted));
  const firstKept = found.findIndex(({ kept }) => kept);
  const inGroups =
    firstKept < 0
      ? [{ title: t("palette.commands"), from: 0, entries: found }]
      : [
          { title: t("palette.commands"), from: 0, entries: found.slice(0, firstKept) },
          { title: t("palette.searches"), from: firstKept, entries: found.slice(firstKept) },
        ];
  const step = (by: number) =>
    setActive((at) => (found.length === 0 ? 0 : (at + by + found.length) % found.length));

  return (
    <>
      <div className="sticky -top-5 z-10 -mx-5 -mt-5 bg-raised px-5 pt-5 pb-3">
        <TextInput
          ref={inputRef}
          role="combobox"
          aria-label={t("palette.label")}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={found[active] ? `${id}-${active}` : undefined}
          placeholder={t("palette.placeholder")}
          className="h-8"
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
      </div>
      <div id={`${id}-list`} role="listbox" aria-label={t("palette.label")}>
        {inGroups
          .filter(({ entries }) => entries.length > 0)
          .map(({ title, from, entries }) => (
            <div key={title} role="group" aria-label={title}>
              <p aria-hidden className="px-2 py-1.5 text-11 font-semibold text-ink-2">
                {title}
              </p>
              {entries.map((entry, index) => (
                <Option
                  key={entry.name}
                  id={`${id}-${from + index}`}
                  active={from + index === active}
                  className="scroll-mt-24 scroll-mb-5"
                  onActive={() => setActive(from + index)}
                  onChoose={() => onChoose(entry)}
                >
                  <Entry {...entry} />
                </Option>
              ))}
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

function Entry({ label, shortcut, kept }: Possible) {
  if (!kept) {
    return (
      <>
        <span className="flex-1">{label}</span>
        {shortcut ? <Kbd>{shortcut}</Kbd> : null}
      </>
    );
  }
  return (
    <>
      <Icon icon={kept === "pinned" ? Pin : History} className="text-ink-3" />
      <bdi className="min-w-0 flex-1 truncate">{label}</bdi>{" "}
      <span className="text-11 text-ink-2">{t(`users.${kept}Search`)}</span>
    </>
  );
}
