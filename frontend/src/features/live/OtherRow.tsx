import { useMutation, useQueryClient } from "@tanstack/react-query";
import { VenetianMask } from "lucide-react";
import { useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { OtherImpersonation } from "@/backend/impersonations";
import { environmentOf } from "@/backend/instances";
import { formatClock } from "@/text/format";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Countdown } from "@/ui/Countdown";
import { cx } from "@/ui/cx";
import { Confirm } from "@/ui/Dialog";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { Tag } from "@/ui/Tag";
import { changed } from "@/workspace/queries";
import { Reference } from "@/workspace/Reference";
import { useSpokenName } from "@/workspace/tellApart";
import { useUserName } from "@/workspace/useUserName";
import { useWorkspace } from "@/workspace/workspace";
import { Below } from "./Below";
import { Cell, IdleCell, ReasonCell, rowLook, UserCell, usePerson, Waiting } from "./cells";

/**
 * An impersonation of the same user that was not started here, as Clerk keeps it, with a way to end it.
 * A colleague's asks first; the operator's own from another computer does not.
 */
export function OtherRow({ other }: { other: OtherImpersonation }) {
  const backend = useBackend();
  const queries = useQueryClient();
  const { instance } = useWorkspace();
  const [asking, setAsking] = useState(false);
  const person = usePerson(other.userID);
  const spoken = useSpokenName(person);
  const name = useUserName(other.operatorID, instance.id, !other.own);
  const colleague = other.own ? t("you") : name || other.operatorID || t("live.somebody");
  const origin = originOf(other, colleague);
  const end = useMutation({
    mutationFn: () => backend.endOther(other.userID, other.sessionID),
    onSettled: () => changed(queries, "ended", [other.userID]),
  });
  const confirm = () => {
    setAsking(false);
    end.mutate();
  };
  return (
    <>
      <tr tabIndex={0} className={cx("h-13", rowLook)}>
        <UserCell person={person} />
        <ReasonCell
          upper={<span className="text-ink-2">{origin}</span>}
          lower={
            other.foreign ? (
              t("live.notInHistory")
            ) : other.reference ? (
              <Reference reference={other.reference} instanceID={instance.id} />
            ) : (
              ""
            )
          }
        />
        <Cell upper={<span className="text-12 text-ink-2">{t("live.knownThere")}</span>} />
        <Cell upper={other.browser || "–"} lower={other.place} className="hidden @4xl:table-cell" />
        <Cell
          upper={
            <Countdown until={other.sessionEndsAt} label={t("countdown.session", { name: person.name })} />
          }
          lower={t("live.at", { time: formatClock(other.sessionEndsAt) })}
        />
        <IdleCell endsAt={other.idleEndsAt} lastActiveAt={other.lastActiveAt} />
        <td className="hidden px-2 @3xl:table-cell">
          <Tag tone="accent" icon={VenetianMask}>
            {t(other.waiting.length > 0 ? "live.signedIn" : "live.live")}
          </Tag>
          <Waiting item={other} />
          <bdi className="block truncate text-12 text-ink-2">{colleague}</bdi>
        </td>
        <td className="px-3.5 text-right">
          <Button
            data-end
            aria-label={
              other.own
                ? t("live.endOwnOf", { name: spoken, where: origin })
                : t("live.endOtherOf", { name: spoken, colleague })
            }
            disabled={end.isPending}
            onClick={() => (other.own ? end.mutate() : setAsking(true))}
          >
            {t(end.isPending ? "live.ending" : other.own ? "live.end" : "live.endOther")}
          </Button>
          <Confirm
            open={asking}
            title={t("live.endOtherTitle", { colleague })}
            no={t("live.endOtherNo")}
            yes={t("live.endOtherYes")}
            onNo={() => setAsking(false)}
            onYes={confirm}
          >
            {t("live.endOtherAbout", { name: person.name })}{" "}
            {environmentOf(instance) === "production" ? t("live.endOtherProduction") : null}{" "}
            <bdi className="mt-2 block select-text">{person.email}</bdi>{" "}
            <span className="block font-id select-text">{person.id}</span>
          </Confirm>
        </td>
      </tr>
      {end.error ? (
        <Below>
          <ProblemNotice key={end.submittedAt} problem={end.error.problem} onRetry={() => end.mutate()} />
        </Below>
      ) : null}
    </>
  );
}

/** Says who started it, and where it is on record. */
function originOf({ own, foreign, tool }: OtherImpersonation, name: string): string {
  if (!foreign) return own ? t("live.elsewhere") : t("live.inHistoryOf", { name });
  return t(own ? "live.youWith" : "live.startedWith", { tool: tool || t("live.otherTool") });
}
