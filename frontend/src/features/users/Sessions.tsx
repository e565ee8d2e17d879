import { useQuery } from "@tanstack/react-query";
import { Monitor, Smartphone, VenetianMask } from "lucide-react";
import { useBackend } from "@/backend/BackendProvider";
import type { UserSession } from "@/backend/users";
import { t } from "@/text/i18n";
import { Tag } from "@/ui/Tag";
import { useNow } from "@/ui/useNow";
import { useUserName } from "@/workspace/useUserName";
import { useWorkspace } from "@/workspace/workspace";
import { ago } from "./dates";
import { useMore } from "./More";
import { Coming, Failed, Section } from "./PanelSections";
import { sessionsQuery } from "./queries";
import { Way } from "./Way";

/** So many are shown without being asked. */
const enough = 5;

/** Where a user is signed in, and who is signed in as them. */
export function Sessions({ userID }: { userID: string }) {
  const query = useQuery(sessionsQuery(useBackend(), userID));
  const sessions = query.data ?? [];
  const { shown, more } = useMore(sessions, enough);
  return (
    <Section title={t("users.panel.sessions")} aside={query.data?.length ?? null}>
      {query.isPending ? <Coming /> : null}
      <Failed query={query} />
      {query.data?.length === 0 ? <p className="text-12 text-ink-2">{t("users.panel.noSessions")}</p> : null}
      <ul className="space-y-2.5">
        {shown.map((session, i) => (
          // A session that cannot be read has no id.
          <Device key={session.id || i} session={session} />
        ))}
      </ul>
      {more}
    </Section>
  );
}

function Device({ session }: { session: UserSession }) {
  const { browser, device, mobile, place, impersonated, lastActiveAt } = session;
  const now = useNow(60_000);
  const seen = lastActiveAt && t("users.panel.activeAgo", { ago: ago(lastActiveAt, now) });
  const title =
    browser !== "" && device !== ""
      ? t("users.panel.browserOn", { browser, device })
      : browser || device || t("users.panel.unknownDevice");
  const own = mobile ? Smartphone : Monitor;
  return (
    <Way
      icon={impersonated ? VenetianMask : own}
      title={<bdi title={title}>{title}</bdi>}
      line={[
        impersonated ? <Impersonator key="who" id={session.operatorID} /> : "",
        place && <bdi key="place">{place}</bdi>,
        seen,
        session.waiting.length > 0 ? t("users.panel.waiting") : "",
      ]}
      tag={impersonated ? <Tag tone="accent">{t("users.panel.impersonated")}</Tag> : null}
    />
  );
}

/** Names the person who is signed in as the user: as their tool does where Clerk knows no name. */
function Impersonator({ id }: { id: string }) {
  const { instance, operator } = useWorkspace();
  const name = useUserName(id, instance.id, true);
  if (id !== "" && id === operator.id) return t("you");
  return <bdi>{name || id || t("users.panel.somebody")}</bdi>;
}
