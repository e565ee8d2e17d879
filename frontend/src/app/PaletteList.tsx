import { History, type LucideIcon, Pin, Search } from "lucide-react";
import { type KeyboardEvent, type ReactNode, type RefObject, useId, useState } from "react";
import { environmentOf } from "@/backend/instances";
import type { UserRow } from "@/backend/users";
import { Marked } from "@/features/connect/Marked";
import { t } from "@/text/i18n";
import { Avatar } from "@/ui/Avatar";
import { Icon } from "@/ui/Icon";
import { Kbd } from "@/ui/Kbd";
import { Option } from "@/ui/Option";
import { Skeleton } from "@/ui/Skeleton";
import { TextInput } from "@/ui/TextInput";
import { EnvironmentName, InstanceLetter } from "@/workspace/InstanceBadge";
import { lineOf, nameOf } from "@/workspace/person";
import { useWorkspace } from "@/workspace/workspace";
import { type Entry, groups } from "./paletteEntries";
import { type Found, reservedRows, usePaletteUsers } from "./usePaletteUsers";

/** A row that the keys can be at. */
interface Row {
  readonly name: string;
  readonly content: ReactNode;
  readonly onChoose: () => void;
}

interface Group {
  readonly title: string;
  readonly rows: readonly Row[];
  /** Stands below the rows, so that what comes late moves nothing. */
  readonly rest?: ReactNode;
}

/** A sentence without the marks that keep names of other directions apart. */
const plain = (text: string): string => text.replaceAll(/[\u2066-\u2069]/g, "").toLocaleLowerCase("en");

/**
 * The box and what it finds. The first row only searches, so that Enter ends
 * nothing by accident; after ">" commands alone are looked for.
 */
export function PaletteList({
  entries,
  inputRef,
  onSearch,
  onUser,
  onChoose,
}: {
  entries: readonly Entry[];
  inputRef: RefObject<HTMLInputElement | null>;
  /** Searches all users; undefined where there are none. */
  onSearch: ((query: string) => void) | undefined;
  onUser: (user: UserRow) => void;
  onChoose: (entry: Entry) => void;
}) {
  const id = useId();
  const { instance } = useWorkspace();
  const [typed, setTyped] = useState("");
  const [activeName, setActiveName] = useState<string>();
  const isCommand = typed.startsWith(">");
  const wanted = typed.slice(isCommand ? 1 : 0).trim();
  const users = usePaletteUsers(isCommand || !onSearch ? "" : wanted);

  const found = entries.filter(
    ({ label, kept }) => plain(label).includes(plain(wanted)) && !(isCommand && kept),
  );
  const all: Group[] = [
    ...(onSearch ? [{ title: "", rows: [searchRow(isCommand ? "" : wanted, users, onSearch)] }] : []),
    ...(users ? [usersGroup(users, wanted, onUser)] : []),
    ...groups.map((group) => ({
      title: t(`palette.${group}`),
      rows: found
        .filter((entry) => entry.group === group)
        .map((entry) => ({
          name: entry.name,
          content: <EntryRow entry={entry} query={wanted} />,
          onChoose: () => onChoose(entry),
        })),
    })),
  ];
  const rows = all.flatMap((group) => group.rows);
  // A command is meant after ">", but none that ends something.
  const meant = found.find(({ group }) => group !== "liveGroup")?.name;
  const start = isCommand && wanted !== "" ? meant : undefined;
  const at = Math.max(
    0,
    rows.findIndex(({ name }) => name === (activeName ?? start)),
  );
  const step = (by: number) => setActiveName(rows[(at + by + rows.length) % rows.length]?.name);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Enter") rows[at]?.onChoose();
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div className="sticky -top-5 z-10 -mx-5 -mt-5 bg-raised px-5 pt-5 pb-3">
        <div className="relative flex items-center">
          <Icon icon={Search} className="pointer-events-none absolute left-2.5 text-ink-3" />
          <TextInput
            ref={inputRef}
            role="combobox"
            aria-label={t("palette.label")}
            aria-expanded="true"
            aria-controls={`${id}-list`}
            aria-activedescendant={rows[at] ? `${id}-${rows[at].name}` : undefined}
            placeholder={t("palette.placeholder")}
            className="h-8 pr-2.5 pl-8"
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setActiveName(undefined);
            }}
            onKeyDown={onKeyDown}
          />
          <span className="pointer-events-none absolute right-2.5 hidden max-w-[45%] truncate bg-surface pl-2 text-12 text-ink-2 sm:block">
            {t("palette.in", {
              name: instance.name,
              environment: t(`environmentShort.${environmentOf(instance)}`),
            })}
          </span>
        </div>
      </div>
      <p role="status" className="sr-only">
        {users?.state === "there" ? foundWords(users) : null}
      </p>
      <div id={`${id}-list`} role="listbox" aria-label={t("palette.label")}>
        {all
          .filter(({ rows: some, rest }) => some.length > 0 || rest !== undefined)
          .map(({ title, rows: some, rest }) => (
            <div key={title} role="group" aria-label={title || t("palette.search")}>
              {title === "" ? null : (
                <p aria-hidden className="px-2 py-1.5 text-11 font-semibold text-ink-2">
                  {title}
                </p>
              )}
              {some.map(({ name, content, onChoose: choose }) => (
                <Option
                  key={name}
                  id={`${id}-${name}`}
                  active={name === rows[at]?.name}
                  className="scroll-mt-24 scroll-mb-5"
                  onActive={() => setActiveName(name)}
                  onChoose={choose}
                >
                  {content}
                </Option>
              ))}
              {rest}
            </div>
          ))}
      </div>
    </>
  );
}

function foundWords({ count, more }: Found): string {
  if (count === 0) return t("palette.noUser");
  return more ? t("palette.foundMany", { count }) : t("palette.found", { count });
}

function searchRow(query: string, users: Found | undefined, onSearch: (query: string) => void): Row {
  return {
    name: "search-all",
    content: (
      <>
        <Icon icon={Search} className="text-ink-2" />
        <span className="min-w-0 flex-1 truncate">
          {query === "" ? t("palette.searchAll") : t("palette.searchFor", { query })}
        </span>
        <span aria-hidden className="text-12 text-ink-2">
          {users?.state === "there" && users.count > 0 ? foundWords(users) : null}
        </span>
        <Kbd>↵</Kbd>
      </>
    ),
    onChoose: () => onSearch(query),
  };
}

function usersGroup(users: Found, query: string, onUser: (user: UserRow) => void): Group {
  const free = reservedRows - users.rows.length;
  const words = { coming: "", failed: t("palette.usersFailed"), there: t("palette.noUser") }[users.state];
  return {
    title: t("palette.peopleGroup"),
    rows: users.rows.map((user) => ({
      name: user.id,
      content: (
        <>
          <Avatar id={user.id} initials={user.initials} size="sm" />
          <bdi className="min-w-0 flex-1 truncate">
            <Marked text={nameOf(user)} query={query} />
          </bdi>
          <bdi className="max-w-[55%] truncate text-12 text-ink-2">
            <Marked text={lineOf(user)} query={query} />
          </bdi>
        </>
      ),
      onChoose: () => onUser(user),
    })),
    rest: Array.from({ length: free }, (_, index) => (
      // oxlint-disable-next-line react/no-array-index-key -- they are all the same
      <div key={index} aria-hidden className="flex h-7.5 items-center gap-2.5 px-2 text-12 text-ink-2">
        {users.state === "coming" ? <Skeleton /> : free === reservedRows && index === 0 ? words : null}
      </div>
    )),
  };
}

const keptIcons: Record<NonNullable<Entry["kept"]>, LucideIcon> = { pinned: Pin, recent: History };

function EntryRow({
  entry: { label, shortcut, kept, instance, detail },
  query,
}: {
  entry: Entry;
  query: string;
}) {
  return (
    <>
      {kept ? <Icon icon={keptIcons[kept]} className="text-ink-3" /> : null}
      {instance ? <InstanceLetter instance={instance} className="size-5 rounded-sm text-11" /> : null}
      <bdi className="min-w-0 flex-1 truncate">
        <Marked text={label} query={query} />
      </bdi>{" "}
      {kept ? <span className="text-11 text-ink-2">{t(`users.${kept}Search`)}</span> : null}
      {detail ? <bdi className="max-w-[55%] truncate text-12 text-ink-2">{detail}</bdi> : null}
      {instance ? (
        <span data-env={environmentOf(instance)} className="caps text-11 text-env-ink">
          <EnvironmentName instance={instance} />
        </span>
      ) : null}
      {shortcut ? <Kbd>{shortcut}</Kbd> : null}
    </>
  );
}
