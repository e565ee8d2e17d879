import { formatClock } from "@/text/format";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { InStatusBar } from "@/workspace/statusSlot";
import type { Listing } from "./loader";
import { useNewerCount } from "./useCount";

/** In the status bar: how many users came since the view was pinned, and of which moment the rows are. */
export function UsersStatus({ listing, onShowNewer }: { listing: Listing; onShowNewer: () => void }) {
  const newer = useNewerCount(listing);
  const time = formatClock(listing.asOf);
  const asOf = t(listing.view.sort === "created_at" ? "users.asOf" : "users.orderAsOf", { time });
  return (
    <InStatusBar>
      <span role="status" className="shrink-0">
        {newer > 0 ? t("users.newer", { count: newer }) : null}
      </span>
      {newer > 0 ? (
        <Button variant="link" size="inline" className="mr-3 ml-1.5" onClick={onShowNewer}>
          {t("users.show")}
        </Button>
      ) : null}
      {listing.asOf === 0 ? null : (
        <span title={asOf} className="min-w-0 truncate">
          {asOf}
        </span>
      )}
    </InStatusBar>
  );
}
