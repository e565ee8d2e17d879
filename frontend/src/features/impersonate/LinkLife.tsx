import { Link2 } from "lucide-react";
import type { UserRow } from "@/backend/users";
import { t } from "@/text/i18n";
import { Icon } from "@/ui/Icon";
import { nameOf } from "@/workspace/person";
import { copyLink } from "./ways";

/** How long a link works, and whom a copied one lets in. */
export function LinkLife({
  user,
  way,
  seconds,
  minutes,
}: {
  user: UserRow;
  /** The id of the way that the link is handed over. */
  way: string | undefined;
  seconds: number;
  minutes: number;
}) {
  return (
    <p className="-mt-2.5 flex items-center gap-1.5 text-11 text-ink-3">
      <Icon icon={Link2} className="size-3.5" />
      {way === copyLink ? `${t("impersonate.copiedLetsIn", { name: nameOf(user), count: minutes })} ` : null}
      {t("impersonate.link", { life: inWords(seconds) })}
    </p>
  );
}

function inWords(seconds: number): string {
  return seconds % 60 === 0 && seconds > 60
    ? t("impersonate.minutes", { count: seconds / 60 })
    : t("impersonate.seconds", { count: seconds });
}
