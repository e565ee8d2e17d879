import { useQuery } from "@tanstack/react-query";
import { Ban, Calendar, Clock, type LucideIcon } from "lucide-react";
import { useBackend } from "@/backend/BackendProvider";
import { formatCount } from "@/text/format";
import { t } from "@/text/i18n";
import { Icon } from "@/ui/Icon";
import { useWorkspace } from "@/workspace/workspace";
import { type View, views } from "./fixedViews";
import { viewCountQuery } from "./queries";

const icons: Readonly<Record<View["name"], LucideIcon>> = {
  newThisWeek: Calendar,
  activeToday: Clock,
  banned: Ban,
};

/** The views at the side. How many users each has is told once the table had the time to count them. */
export function Views() {
  return (
    <nav aria-label={t("users.views.label")} className="mt-4 hidden flex-col gap-px px-2.5 @4xl:flex">
      <h2 className="px-2 pb-1.5 text-11 font-medium text-ink-2">{t("users.views.label")}</h2>
      {views.map((view) => (
        <Entry key={view.name} view={view} />
      ))}
    </nav>
  );
}

function Entry({ view }: { view: View }) {
  const { showUsers } = useWorkspace();
  const count = useQuery({ ...viewCountQuery(useBackend(), view), enabled: false }).data;
  return (
    <button
      type="button"
      className="flex h-7 items-center gap-2.25 rounded-sm px-2 font-medium text-ink-2 hover:bg-hover hover:text-ink"
      onClick={() => showUsers(view.query)}
    >
      <Icon icon={icons[view.name]} />
      <span className="flex-1 text-left">{t(`users.views.${view.name}`)}</span>{" "}
      {count === undefined ? null : (
        <span className="text-11 font-normal text-ink-2 tabular-nums">{formatCount(count)}</span>
      )}
    </button>
  );
}
