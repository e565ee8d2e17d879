import { Globe } from "lucide-react";
import { useId } from "react";
import type { UserRow } from "@/backend/backend";
import { t } from "@/text/i18n";
import { Avatar } from "@/ui/Avatar";
import { DialogTitle } from "@/ui/Dialog";
import { Icon } from "@/ui/Icon";

/** Says over the whole dialog that what is done is real. */
export function ProductionBanner({ user }: { user: UserRow }) {
  const name = user.name.split(" ")[0] || user.email || user.id;
  return (
    <p className="flex min-h-8.5 items-center gap-2.5 bg-env px-5 py-1.5 font-semibold text-on-env">
      <Icon icon={Globe} />
      <span>{t("impersonate.production", { name: name })}</span>
    </p>
  );
}

/** Whom the dialog is about, with the id: names can be made to look alike. */
export function Who({ user }: { user: UserRow }) {
  const id = useId();
  return (
    <div className="flex items-center gap-3">
      <Avatar id={user.id} initials={user.initials} size="lg" />
      <div className="min-w-0 select-text" aria-describedby={id}>
        <DialogTitle>{t("impersonate.title", { name: user.name || user.email || user.id })}</DialogTitle>
        <div id={id}>
          <bdi className="block truncate text-ink-2">{user.email || t("noEmail")}</bdi>
          <span className="block font-id text-ink-2">{user.id}</span>
        </div>
      </div>
    </div>
  );
}
