import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import type { ReactNode } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { results } from "@/backend/history";
import { formatCount } from "@/text/format";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { Menu, MenuGroup, MenuItem } from "@/ui/Menu";
import { useWorkspace } from "@/workspace/workspace";
import { type Filters, spans } from "./filters";
import { historyChoicesQuery } from "./queries";
import { UserName } from "./UserName";

/** Shows each filter of the list as a chip that can be taken away, and the menu of all filters. */
export function FilterBar({ filters, onChange }: { filters: Filters; onChange: (filters: Filters) => void }) {
  const { instance } = useWorkspace();
  const instanceName = useInstanceNames();
  const { span, from, to, userID, operatorID, result, instanceID, upTo } = filters;
  const change = (part: Filters) => onChange({ ...filters, ...part });
  return (
    <>
      <DayField
        label={t("history.from")}
        day={from}
        onChange={(day) => change({ from: day, span: undefined })}
      />
      <DayField label={t("history.to")} day={to} onChange={(day) => change({ to: day })} />
      {userID === undefined ? null : (
        <Chip name={t("history.user")} onRemove={() => change({ userID: undefined })}>
          <UserName id={userID} instanceID={instance.id} lookUp />
        </Chip>
      )}
      {span ? (
        <Chip name={t("history.time")} onRemove={() => change({ span: undefined })}>
          {t(`history.span.${span}`)}
        </Chip>
      ) : null}
      {operatorID === undefined ? null : (
        <Chip name={t("history.operator")} onRemove={() => change({ operatorID: undefined })}>
          <UserName id={operatorID} instanceID={instance.id} lookUp nameOnly />
        </Chip>
      )}
      {result ? (
        <Chip name={t("history.result")} onRemove={() => change({ result: undefined })}>
          {t(`history.${result}`)}
        </Chip>
      ) : null}
      {instanceID === undefined ? null : (
        <Chip name={t("history.instance")} onRemove={() => change({ instanceID: undefined })}>
          {instanceName(instanceID)}
        </Chip>
      )}
      {upTo === undefined ? null : (
        <Chip name={t("history.record")} onRemove={() => change({ upTo: undefined })}>
          {t("history.upTo", { record: formatCount(upTo) })}
        </Chip>
      )}
      <Menu
        trigger={
          <Button variant="ghost" size="sm" icon={Plus} className="h-6 gap-1">
            {t("history.filter")}
          </Button>
        }
        className="max-h-(--available-height) overflow-y-auto"
      >
        <MenuGroup label={t("history.time")}>
          {spans.map((one) => (
            <MenuItem key={one} onSelect={() => change({ span: one, from: undefined })}>
              {t(`history.span.${one}`)}
            </MenuItem>
          ))}
        </MenuGroup>
        <MenuGroup label={t("history.result")}>
          {results.map((one) => (
            <MenuItem key={one} onSelect={() => change({ result: one })}>
              {t(`history.${one}`)}
            </MenuItem>
          ))}
        </MenuGroup>
        <Occurring onChange={change} />
      </Menu>
    </>
  );
}

/** A day that the list begins or ends with. To ends it there, so that one gets to a day at once. */
function DayField({
  label,
  day = "",
  onChange,
}: {
  label: string;
  day: string | undefined;
  onChange: (day: string | undefined) => void;
}) {
  return (
    <label className="inline-flex h-6 items-center gap-1.5 rounded-md border border-line-2 pr-1 pl-2 text-12">
      <span className="text-ink-2">{label}</span>
      <input
        type="date"
        value={day}
        onChange={({ target }) => onChange(target.value === "" ? undefined : target.value)}
        className="h-5 bg-transparent text-ink tabular-nums"
      />
    </label>
  );
}

/** The operators and instances on record, read when the menu opens: that takes a while for a long one. */
function Occurring({ onChange }: { onChange: (part: Filters) => void }) {
  const { instance } = useWorkspace();
  const instanceName = useInstanceNames();
  const { data: choices, error } = useQuery(historyChoicesQuery(useBackend()));
  const operators = choices?.operators ?? [];
  const instances = choices?.instances ?? [];
  return (
    <>
      <MenuGroup label={t("history.operator")}>
        {choices ? null : (
          <p role="status" className="px-2 py-1 text-12 text-ink-2">
            {error ? error.problem.message : t("history.choosing")}
          </p>
        )}
        {operators.map((id) => (
          <MenuItem key={id} onSelect={() => onChange({ operatorID: id })}>
            <UserName id={id} instanceID={instance.id} lookUp />
          </MenuItem>
        ))}
      </MenuGroup>
      {instances.length > 1 ? (
        <MenuGroup label={t("history.instance")}>
          {instances.map((id) => (
            <MenuItem key={id} onSelect={() => onChange({ instanceID: id })}>
              {instanceName(id)}
            </MenuItem>
          ))}
        </MenuGroup>
      ) : null}
    </>
  );
}

/** Names instances by id; one that is no longer connected has its id alone. */
function useInstanceNames(): (id: string) => string {
  const { start, instance } = useWorkspace();
  const known = [instance, ...start.instances];
  return (id) => known.find((one) => one.id === id)?.name ?? id;
}

function Chip({ name, onRemove, children }: { name: string; onRemove: () => void; children: ReactNode }) {
  return (
    <span className="inline-flex h-6 items-center gap-1.5 rounded-md border border-line-2 pl-2 text-12 whitespace-nowrap">
      <span className="text-ink-2">{name}</span>
      <bdi className="flex max-w-40 truncate font-semibold">{children}</bdi>
      <button
        type="button"
        aria-label={t("history.removeFilter", { name })}
        className="flex size-5.5 items-center justify-center rounded-md text-ink-2 hover:text-ink"
        onClick={onRemove}
      >
        <Icon icon={X} className="size-3.5" />
      </button>
    </span>
  );
}
