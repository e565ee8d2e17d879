import { Siren } from "lucide-react";
import type { Impersonation } from "@/backend/impersonations";
import { t } from "@/text/i18n";
import { Icon } from "@/ui/Icon";
import { userNameOf } from "@/workspace/impersonations";

/** Somebody else than the browser asked for a link: that is a sign of an attack on this computer. */
export function StolenNotice({ item }: { item: Impersonation }) {
  return (
    <div role="alert" className="m-3.5 mb-0 flex gap-2.5 rounded-md bg-danger-bg p-2.5">
      <Icon icon={Siren} className="mt-0.25 text-danger" />
      <div>
        <p className="font-semibold">{t("live.stolenTitle", { name: userNameOf(item) })}</p>
        <p className="text-ink-2">{t("live.stolenAbout")}</p>
      </div>
    </div>
  );
}
