import { useQuery } from "@tanstack/react-query";
import { Ban, Calendar, Clock } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useBackend } from "@/backend/BackendProvider";
import { totalQuery } from "@/backend/queries";
import { formatCount } from "@/text/format";
import { Icon } from "@/ui/Icon";
import { useWorkspace } from "@/workspace/workspace";
import { countQuery } from "./queries";

/** Searches that are always at hand. */
const views = [
  { name: "newThisWeek", query: "created:<7d", icon: Calendar },
  { name: "activeToday", query: "active:<24h", icon: Clock },
  { name: "banned", query: "banned:yes", icon: Ban },
] as const;

type View = (typeof views)[number];

/** The views at the side. How many users each has is told whenever Clerk has counted them. */
export function Views() {
  const { t } = useTranslation();
  return (
    <nav aria-label={t("users.views.label")} className="mt-4 hidden flex-col gap-px px-2.5 @4xl:flex">
      <h2 className="px-2 pb-1.5 text-11 font-medium text-ink-2">{t("users.views.label")}</h2>
      {views.map((view) => (
        <Entry key={view.name} view={view} />
      ))}
    </nav>
  );
}

function Entry({ view: { name, query, icon } }: { view: View }) {
  const { t } = useTranslation();
  const { showUsers } = useWorkspace();
  const backend = useBackend();
  // Counting with a condition can take Clerk minutes: the total goes first.
  const { isSuccess } = useQuery({ ...totalQuery(backend), enabled: false });
  const counted = countQuery(backend, { query, sort: "created_at", descending: true, pinnedAt: 0 });
  const count = useQuery({ ...counted, enabled: isSuccess }).data;
  return (
    <button
      type="button"
      className="flex h-7 items-center gap-2.25 rounded-sm px-2 font-medium text-ink-2 hover:bg-hover hover:text-ink"
      onClick={() => showUsers(query)}
    >
      <Icon icon={icon} />
      <span className="flex-1 text-left">{t(`users.views.${name}`)}</span>{" "}
      {count === undefined ? null : (
        <span className="text-11 font-normal text-ink-2 tabular-nums">{formatCount(count)}</span>
      )}
    </button>
  );
}
