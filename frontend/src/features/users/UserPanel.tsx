import { useQuery } from "@tanstack/react-query";
import { Check, Copy, ExternalLink, ShieldCheck, VenetianMask, X } from "lucide-react";
import { type RefObject, useId, useState } from "react";
import { shortcutOf } from "@/actions/keys";
import { useBackend } from "@/backend/BackendProvider";
import { effectOf } from "@/backend/impersonations";
import type { UserDetail, UserRow } from "@/backend/users";
import { t } from "@/text/i18n";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { IconButton } from "@/ui/IconButton";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { Tag } from "@/ui/Tag";
import { useRested } from "@/ui/useRested";
import { Findings } from "@/workspace/Findings";
import { lineOf, nameOf } from "@/workspace/person";
import { preflightQuery, rulesQuery } from "@/workspace/queries";
import { Activity, Contacts, Identity, Loading, Metadata, Organizations } from "./PanelSections";
import { Past } from "./Past";
import { refusalOf } from "./person";
import { detailQuery } from "./queries";
import { Sessions } from "./Sessions";
import { SignInMethods } from "./SignInMethods";
import { StateTags } from "./StateTags";
import type { Standing } from "./target";

/** How long a user must stay picked before the details are asked for, in milliseconds. */
const pickDelay = 120;

interface UserPanelProps {
  user: UserRow;
  /** Whether a row shows the user: nobody else is impersonated from here. */
  standing: Standing;
  /** Whether the key that impersonates means this user. */
  hasKey: boolean;
  /** Whether the picture of the user is shown. */
  pictures: boolean;
  /** Gets the button that the keyboard starts at. */
  startRef: RefObject<HTMLButtonElement | null>;
  onImpersonate: (user: UserRow) => void;
  /** Searches for the user. */
  onShow: () => void;
  onCopyID: (user: UserRow) => Promise<void>;
  /** Undefined where Clerk's dashboard does not know the user. */
  onOpenInClerk: ((user: UserRow) => void) | undefined;
  onClose: () => void;
}

/** Everything about one user: at once what the row tells, then what Clerk adds. */
export function UserPanel(props: UserPanelProps) {
  const { user, standing, hasKey, pictures, startRef, onImpersonate, onShow, onCopyID, onClose } = props;
  const { onOpenInClerk } = props;
  const backend = useBackend();
  const picked = useRested(user.id, pickDelay);
  const query = useQuery({ ...detailQuery(backend, user.id), enabled: picked === user.id });
  const detail = query.data;
  const row = detail?.row ?? user;
  // After the details, which Go then has not to fetch again.
  const preflight = useQuery({ ...preflightQuery(backend, user.id), enabled: detail !== undefined });
  const findings = row.self ? [] : (preflight.data ?? []);
  const [against, userID] = [useId(), useId()];
  return (
    <>
      <div className="flex justify-end px-2.5 pt-2.5">
        {onOpenInClerk ? (
          <IconButton icon={ExternalLink} label={t("users.openInClerk")} onClick={() => onOpenInClerk(row)} />
        ) : null}
        <IconButton icon={X} label={t("users.panel.close")} onClick={onClose} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-6">
        <Header
          user={row}
          detail={detail}
          userID={userID}
          standing={standing}
          hasKey={hasKey}
          pictures={pictures}
          startRef={startRef}
          against={findings.some((finding) => effectOf(finding) === "refuse") ? against : undefined}
          onImpersonate={() => onImpersonate(row)}
          onShow={onShow}
          onCopyID={() => onCopyID(row)}
        />
        {findings.length > 0 ? (
          <div id={against} className="pb-3.5 text-12">
            <Findings
              findings={findings}
              retrying={preflight.isFetching}
              onRetry={() => void preflight.refetch()}
            />
          </div>
        ) : null}
        {preflight.error ? (
          <ProblemNotice
            key={preflight.errorUpdateCount}
            problem={preflight.error.problem}
            onRetry={() => void preflight.refetch()}
            byItself
            className="mb-3.5"
          />
        ) : null}
        <Identity user={row} detail={detail} id={userID} />
        {detail === undefined ? null : (
          <>
            <Contacts title={t("users.panel.emails")} contacts={detail.emails} />
            <Contacts title={t("users.panel.phones")} contacts={detail.phones} />
          </>
        )}
        <Activity user={row} detail={detail} />
        {query.error === null ? null : (
          <ProblemNotice
            key={query.errorUpdateCount}
            problem={query.error.problem}
            onRetry={() => void query.refetch()}
            byItself
            className="mt-3"
          />
        )}
        {detail === undefined && query.error === null ? <Loading /> : null}
        {detail === undefined ? null : (
          <>
            <SignInMethods {...detail} />
            <Sessions key={`sessions ${row.id}`} userID={row.id} />
            <Organizations key={`organizations ${row.id}`} userID={row.id} />
            <Past key={row.id} userID={row.id} />
            <Metadata {...detail} />
          </>
        )}
      </div>
    </>
  );
}

function Header({
  user,
  detail,
  userID,
  standing,
  hasKey,
  pictures,
  startRef,
  against,
  onImpersonate,
  onShow,
  onCopyID,
}: {
  user: UserRow;
  detail: UserDetail | undefined;
  /** The id of the element with the user's id: names can be the same. */
  userID: string;
  standing: Standing;
  hasKey: boolean;
  pictures: boolean;
  startRef: RefObject<HTMLButtonElement | null>;
  /** The id of what speaks against it, if it will be refused. */
  against: string | undefined;
  onImpersonate: () => void;
  onShow: () => void;
  onCopyID: () => Promise<void>;
}) {
  const [who, reason] = [useId(), useId()];
  const refusal = refusalOf(user, useQuery(rulesQuery(useBackend())).data);
  const isOff = refusal !== undefined || against !== undefined || standing !== "shown";
  return (
    <header className="pb-3.5">
      <div className="flex items-center gap-3">
        <Avatar id={user.id} initials={user.initials} picture={pictures ? user.picture : ""} size="lg" />
        <div id={who} className="min-w-0 select-text">
          <h2 className="truncate text-15 font-semibold">
            <bdi>{nameOf(user)}</bdi>
          </h2>
          <p className="truncate text-ink-2">
            <bdi>{lineOf(user)}</bdi>
          </p>
        </div>
      </div>
      <div className="mt-2.5 flex min-h-4.5 flex-wrap gap-1.25">
        <Tags user={user} detail={detail} />
      </div>
      <div className="mt-3 flex gap-2">
        <Button
          ref={startRef}
          variant="primary"
          icon={VenetianMask}
          shortcut={isOff || !hasKey ? "" : shortcutOf("impersonate")}
          className="flex-1"
          aria-disabled={isOff}
          aria-describedby={
            refusal
              ? reason
              : [who, userID, standing === "shown" ? against : reason].filter(Boolean).join(" ")
          }
          onClick={isOff ? undefined : onImpersonate}
        >
          {t("users.impersonate")}
        </Button>
        <CopyID key={user.id} onCopy={onCopyID} />
      </div>
      <div id={reason} role="status" className="text-12 text-ink-2">
        {refusal ? <p className="mt-2">{t(`users.panel.refused.${refusal}`)}</p> : null}
        {refusal === undefined && standing === "coming" ? (
          <p className="sr-only">{t("users.panel.searching")}</p>
        ) : null}
        {refusal === undefined && standing === "absent" ? (
          <p className="mt-2">{t("users.panel.notShown")}</p>
        ) : null}
      </div>
      {standing === "absent" ? (
        <Button variant="link" size="inline" className="mt-1" onClick={onShow}>
          {t("users.panel.show")}
        </Button>
      ) : null}
    </header>
  );
}

function CopyID({ onCopy }: { onCopy: () => Promise<void> }) {
  const [copied, setCopied] = useState(false);
  return (
    <Button
      icon={copied ? Check : Copy}
      onClick={() =>
        void onCopy().then(
          () => setCopied(true),
          () => setCopied(false),
        )
      }
    >
      {copied ? t("users.copied") : t("users.copyID")}
    </Button>
  );
}

function Tags({ user, detail }: { user: UserRow; detail: UserDetail | undefined }) {
  return (
    <>
      <StateTags user={user} />
      {detail?.emails.some(({ primary, verified }) => primary && verified) ? (
        <Tag tone="ok" icon={Check}>
          {t("users.panel.emailVerified")}
        </Tag>
      ) : null}
      {detail?.twoFactor ? (
        <Tag tone="ok" icon={ShieldCheck}>
          {t("users.panel.twoFactor")}
        </Tag>
      ) : null}
    </>
  );
}
