import { Globe } from "lucide-react";
import type { Mode } from "@/backend/impersonations";
import { environmentOf } from "@/backend/instances";
import type { UserRow } from "@/backend/users";
import { t } from "@/text/i18n";
import { Avatar } from "@/ui/Avatar";
import { DialogTitle } from "@/ui/Dialog";
import { Icon } from "@/ui/Icon";
import { lineOf, nameOf } from "@/workspace/person";
import { useWorkspace } from "@/workspace/workspace";

/** Says over the whole dialog whether what is done is real. A change of that is read out. */
export function ProductionBanner({ user, mode, id }: { user: UserRow; mode: Mode; id: string }) {
  const name = user.name.split(" ")[0] || nameOf(user);
  return (
    <p id={id} className="flex min-h-8.5 items-center gap-2.5 bg-env px-5 py-1.5 font-semibold text-on-env">
      <Icon icon={Globe} />
      <span role="status">
        {mode === "view_only" ? t("impersonate.productionView") : t("impersonate.production", { name })}
      </span>
    </p>
  );
}

/** The name of the dialog. The banner says it is production to eyes, the name to ears. */
export function Title({ user }: { user: UserRow }) {
  const production = environmentOf(useWorkspace().instance) === "production";
  return (
    <DialogTitle>
      {t("impersonate.title", { name: nameOf(user) })}
      {production ? " " : ""}
      {production ? <span className="sr-only">{t("impersonate.inProduction")}</span> : null}
    </DialogTitle>
  );
}

/** Shows the user of the dialog. The id is of address and user id: names can be made to look and sound alike. */
export function Who({ user, id }: { user: UserRow; id: string }) {
  return (
    <div className="flex items-center gap-3">
      <Avatar id={user.id} initials={user.initials} size="lg" />
      <div className="min-w-0 select-text">
        <Title user={user} />
        <div id={id}>
          <bdi className="block truncate text-ink-2">{lineOf(user)}</bdi>
          <span className="block font-id text-ink-2">{user.id}</span>
        </div>
      </div>
    </div>
  );
}
