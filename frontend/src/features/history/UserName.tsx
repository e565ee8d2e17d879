import { shortenID } from "@/text/format";
import { useUserName } from "@/workspace/useUserName";

/**
 * The name of a user on record. The record holds ids only: the name is asked of
 * Clerk while it is looked at, and where Clerk cannot tell, the id stands alone.
 */
export function UserName({
  id,
  instanceID,
  lookUp,
  nameOnly = false,
}: {
  id: string;
  instanceID: string;
  /** Not for rows that nobody looks at. */
  lookUp: boolean;
  /** Without the end of the id. */
  nameOnly?: boolean;
}) {
  const name = useUserName(id, instanceID, lookUp);
  if (!name) return <span className="truncate font-id">{shortenID(id)}</span>;
  return (
    <>
      <bdi className="truncate">{name}</bdi>
      {nameOnly ? null : (
        <span className="ml-1.5 shrink-0 font-id text-11 font-normal text-ink-2">…{id.slice(-4)}</span>
      )}
    </>
  );
}
