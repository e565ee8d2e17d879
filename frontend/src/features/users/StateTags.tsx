import { Ban, Lock, UserX } from "lucide-react";
import type { UserRow } from "@/backend/users";
import { t } from "@/text/i18n";
import { Tag } from "@/ui/Tag";

/** The tags that set a user apart, in the table and in the panel: yourself, banned, locked. */
export function StateTags({ user }: { user: UserRow }) {
  return (
    <>
      {user.self ? <Tag>{t("you")}</Tag> : null}
      {user.banned ? (
        <Tag tone="danger" icon={Ban}>
          {t("users.banned")}
        </Tag>
      ) : null}
      {user.locked ? (
        <Tag tone="warn" icon={Lock}>
          {t("users.locked")}
        </Tag>
      ) : null}
      {user.deprovisioned ? (
        <Tag tone="warn" icon={UserX}>
          {t("users.deprovisioned")}
        </Tag>
      ) : null}
    </>
  );
}
