import { useTranslation } from "react-i18next";
import { formatClock } from "@/text/format";
import { Button } from "@/ui/Button";
import { InStatusBar } from "@/workspace/statusSlot";
import type { Users } from "./useUsers";

/** In the status bar: of which moment the rows are, and how many users came since. */
export function UsersStatus({
  users: { listing, newer },
  onShowNewer,
}: {
  users: Users;
  onShowNewer: () => void;
}) {
  const { t } = useTranslation();
  const time = formatClock(listing.asOf);
  return (
    <InStatusBar>
      {listing.asOf === 0 ? null : (
        <span className="hidden @4xl:inline">
          {listing.view.sort === "created_at" ? t("users.asOf", { time }) : t("users.orderAsOf", { time })}
        </span>
      )}
      <span className="flex gap-1.5">
        <span role="status">{newer > 0 ? t("users.newer", { count: newer }) : null}</span>
        {newer > 0 ? (
          <Button variant="link" size="inline" onClick={onShowNewer}>
            {t("users.show")}
          </Button>
        ) : null}
      </span>
    </InStatusBar>
  );
}
