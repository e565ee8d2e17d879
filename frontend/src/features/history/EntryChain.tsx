import { Check, CircleAlert, Copy } from "lucide-react";
import type { ReactNode } from "react";
import { type HeadComparison, type HistoryRecords, headOf } from "@/backend/history";
import { formatCount } from "@/text/format";
import { t } from "@/text/i18n";
import { IconButton } from "@/ui/IconButton";
import { Tag } from "@/ui/Tag";
import { EntryPart } from "./EntryPart";

/** The place of the entry's last record in the chain, and where the chain is anchored. */
export function EntryChain({
  records: { records, anchor },
  all,
  head,
  onCopy,
}: {
  records: HistoryRecords;
  /** How many records there are in all; undefined until they were counted. */
  all: number | undefined;
  /** Undefined until the keychain has answered. */
  head: HeadComparison | undefined;
  onCopy: (text: string) => void;
}) {
  const last = records.at(-1);
  if (!last) return null;
  const copyHash = (hash: string) => (
    <CopyButton label={t("history.copyHash")} onClick={() => onCopy(hash)} />
  );
  return (
    <EntryPart title={t("history.chain")} side={t("history.chainKind")}>
      <dl className="text-12">
        <Row label={t("history.record")}>
          {all === undefined
            ? formatCount(last.seq)
            : t("history.recordOf", { seq: formatCount(last.seq), all: formatCount(all) })}
        </Row>
        <Row label={t("history.hash")} side={copyHash(last.hash)}>
          <Hash>{last.hash}</Hash>
        </Row>
        <Row label={t("history.previousHash")} side={copyHash(last.prev)}>
          <Hash>{last.prev}</Hash>
        </Row>
        {anchor ? (
          <Row
            label={t("history.anchor")}
            side={<CopyButton label={t("history.copyAnchor")} onClick={() => onCopy(anchor)} />}
          >
            <Place>{anchor}</Place>
          </Row>
        ) : null}
        <Row label={t("history.head")} side={<HeadTag head={head} />}>
          {head?.head ? <Place>{head.head}</Place> : null}
        </Row>
      </dl>
    </EntryPart>
  );
}

function Row({ label, side, children }: { label: string; side?: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-h-6 items-center">
      <dt className="w-28 shrink-0 text-ink-2">{label}</dt>
      <dd className="flex min-w-0 flex-1 items-center justify-between gap-2">
        <span className="min-w-0 truncate">{children}</span>
        {side}
      </dd>
    </div>
  );
}

function Hash({ children: hash }: { children: string }) {
  return (
    <span title={hash} className="font-id select-text">
      {hash.slice(0, 8)}…{hash.slice(-7)}
    </span>
  );
}

/** "seq:hash": the number of a record, and its hash. */
function Place({ children: place }: { children: string }) {
  const [seq, hash = ""] = place.split(":");
  return (
    <span title={place} className="font-id select-text">
      {formatCount(Number(seq))} : {hash.slice(0, 4)}…{hash.slice(-4)}
    </span>
  );
}

function CopyButton({ label, onClick }: { label: string; onClick: () => void }) {
  return <IconButton icon={Copy} label={label} className="size-6" onClick={onClick} />;
}

function HeadTag({ head }: { head: HeadComparison | undefined }) {
  switch (head && headOf(head)) {
    case undefined:
      return <Tag>{t("history.headUnknown")}</Tag>;
    case "none":
      return <Tag>{t("history.headNone")}</Tag>;
    case "matches":
      return (
        <Tag tone="ok" icon={Check}>
          {t("history.headMatches")}
        </Tag>
      );
    case "differs":
      return (
        <Tag tone="danger" icon={CircleAlert}>
          {t("history.headDiffers")}
        </Tag>
      );
  }
}
