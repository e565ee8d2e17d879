import { useMutation, useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { ChevronDown, ChevronUp, Copy, Download, Siren, Unlink, VenetianMask, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useBackend } from "@/backend/BackendProvider";
import type { HistoryEntry, HistoryRecord, Verification } from "@/backend/backend";
import { userQuery } from "@/backend/queries";
import { formatCount, formatMoment, formatSeconds } from "@/text/format";
import { Avatar, initialsOf } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { Tag } from "@/ui/Tag";
import { Reference } from "@/workspace/Reference";
import { useUserName } from "@/workspace/useUserName";
import { useWorkspace } from "@/workspace/workspace";

/** Everything on record about one impersonation. */
export function EntryPanel({
  entry,
  verification,
  broken,
  onExport,
  onPrevious,
  onNext,
  onClose,
}: {
  entry: HistoryEntry;
  /** Undefined until the chain was verified. */
  verification: Verification | undefined;
  broken: boolean;
  onExport: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const backend = useBackend();
  const { instance, navigate, impersonate } = useWorkspace();
  const name = useUserName(entry.userID, entry.instanceID, true);
  const here = entry.instanceID === instance.id;
  const user = useQuery({ ...userQuery(backend, entry.userID), enabled: here });
  const copy = useMutation({ mutationFn: (text: string) => backend.copyText(text) });
  const row = user.data?.row;
  const last = entry.records.at(-1);

  return (
    <>
      <div className="border-b border-line p-4 pt-2.5">
        <div className="-mr-2 flex justify-end gap-0.5">
          <IconButton
            icon={ChevronUp}
            label={t("history.previous")}
            disabled={!onPrevious}
            onClick={onPrevious}
          />
          <IconButton icon={ChevronDown} label={t("history.next")} disabled={!onNext} onClick={onNext} />
          <IconButton icon={Copy} label={t("history.copyID")} onClick={() => copy.mutate(entry.userID)} />
          <IconButton icon={X} label={t("close")} onClick={onClose} />
        </div>
        <div className="flex items-center gap-3">
          <Avatar id={entry.userID} initials={initialsOf(name) || "?"} size="lg" />
          <div className="min-w-0 select-text">
            <h2 className="truncate text-15 font-semibold">
              {name ? <bdi>{name}</bdi> : <span className="font-id">{entry.userID}</span>}
            </h2>
            {name ? <p className="truncate font-id text-ink-2">{entry.userID}</p> : null}
            {user.error?.problem.code === "user_gone" ? (
              <p className="text-12 text-ink-2">{t("history.nameGone")}</p>
            ) : null}
          </div>
        </div>
        {here ? (
          <div className="mt-3.5 grid grid-cols-2 gap-2">
            <Button onClick={() => navigate("users", entry.userID)}>{t("history.showUser")}</Button>
            <Button
              icon={VenetianMask}
              disabled={!row || row.self}
              onClick={() => {
                if (row) impersonate(row, entry.reason);
              }}
            >
              {t("history.again")}
            </Button>
          </div>
        ) : null}
        {entry.ended === "stolen" ? (
          <div role="note" className="mt-3 flex gap-2.5 rounded-md bg-danger-bg p-2.5">
            <Icon icon={Siren} className="mt-0.25 text-danger" />
            <p className="text-12">{t("history.stolenAbout")}</p>
          </div>
        ) : null}
        {broken && verification ? (
          <div role="note" className="mt-3 flex gap-2.5 rounded-md bg-danger-bg p-2.5">
            <Icon icon={Unlink} className="mt-0.25 text-danger" />
            <p className="text-12">{t("history.brokenAbout", { line: formatCount(verification.line) })}</p>
          </div>
        ) : null}
      </div>

      <div className="divide-y divide-line px-4">
        <Part
          title={t("history.whatHappened")}
          side={entry.length > 0 ? t("minutes", { count: Math.max(1, Math.round(entry.length / 60)) }) : ""}
        >
          <ol className="space-y-1">
            {entry.records.map((record) => (
              <li key={record.seq} className="grid grid-cols-[4rem_1fr_auto] text-12">
                <span className="text-ink-2">{formatSeconds(record.time)}</span>
                <span>{eventName(t, record)}</span>
                <span
                  className={`font-id ${broken && record.seq === verification?.line ? "text-danger" : "text-ink-3"}`}
                >
                  {formatCount(record.seq)}
                </span>
              </li>
            ))}
          </ol>
          <p className="mt-1 text-11 text-ink-3">{formatMoment(entry.time)}</p>
        </Part>
        <Part title={t("history.why")}>
          <p className="wrap-anywhere select-text">
            {entry.reason ? (
              <bdi>{entry.reason}</bdi>
            ) : (
              <span className="text-ink-3">{t("history.noReason")}</span>
            )}
          </p>
          {entry.reference ? <Reference reference={entry.reference} instanceID={entry.instanceID} /> : null}
        </Part>
        {entry.override ? (
          <Part title={t("history.override")}>
            <p className="wrap-anywhere select-text">
              <bdi>{entry.override}</bdi>
            </p>
          </Part>
        ) : null}
        <Operator entry={entry} />
        {last ? <Hashes last={last} records={verification?.records} onCopy={copy.mutate} /> : null}
        {broken ? (
          <Part title={t("history.whatToDo")}>
            <p className="mb-2.5 text-12 text-ink-2">{t("history.whatToDoAbout")}</p>
            <Button icon={Download} onClick={onExport}>
              {t("history.exportAll")}
            </Button>
          </Part>
        ) : null}
      </div>
    </>
  );
}

const events = [
  "requested",
  "created",
  "opened",
  "copied",
  "accepted",
  "live",
  "ended",
  "revoked",
  "expired",
  "failed",
  "unknown",
] as const;

/** An event that this version has no words for is told by its own name. */
function eventName(t: TFunction, record: HistoryRecord): string {
  const known = events.find((event) => event === record.event);
  const name = known ? t(`history.event.${known}`) : record.event;
  return record.code ? `${name} (${record.code})` : name;
}

function Part({ title, side, children }: { title: string; side?: string; children: ReactNode }) {
  return (
    <section className="py-3.5">
      <h3 className="mb-2 flex justify-between text-12 font-semibold">
        {title}
        {side ? <span className="font-normal text-ink-2">{side}</span> : null}
      </h3>
      {children}
    </section>
  );
}

function Operator({ entry }: { entry: HistoryEntry }) {
  const { t } = useTranslation();
  const name = useUserName(entry.operatorID, entry.instanceID, true);
  return (
    <Part title={t("history.who")}>
      <div className="flex items-center gap-2">
        <Avatar id={entry.operatorID} initials={initialsOf(name) || "?"} size="sm" />
        <span className="min-w-0 flex-1 truncate select-text">
          {name ? <bdi>{name}</bdi> : <span className="font-id">{entry.operatorID}</span>}
        </span>
        <Tag tone={entry.operatorVerified ? "ok" : "warn"}>
          {t(entry.operatorVerified ? "history.verified" : "history.unverified")}
        </Tag>
      </div>
      {entry.operatorVerified ? null : (
        <p className="mt-0.5 pl-7 text-11 text-ink-3">{t("history.whoUnverified")}</p>
      )}
    </Part>
  );
}

/** The place of the entry's last record in the chain. */
function Hashes({
  last,
  records,
  onCopy,
}: {
  last: HistoryRecord;
  records: number | undefined;
  onCopy: (hash: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <Part title={t("history.chain")} side={t("history.chainKind")}>
      <dl className="grid grid-cols-[6.5rem_1fr_auto] items-center gap-y-1 text-12">
        <dt className="text-ink-2">{t("history.record")}</dt>
        <dd className="col-span-2">
          {records === undefined
            ? formatCount(last.seq)
            : t("history.recordOf", { seq: formatCount(last.seq), all: formatCount(records) })}
        </dd>
        {(
          [
            ["hash", last.hash],
            ["previousHash", last.prev],
          ] as const
        ).map(([label, hash]) => (
          <div key={label} className="contents">
            <dt className="text-ink-2">{t(`history.${label}`)}</dt>
            <dd className="font-id select-text">
              {hash.slice(0, 8)}…{hash.slice(-7)}
            </dd>
            <dd>
              <IconButton
                icon={Copy}
                label={t("history.copyHash")}
                className="size-6"
                onClick={() => onCopy(hash)}
              />
            </dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}
