import { useQuery } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import type { Rules, Settings } from "@/backend/settings";
import { t } from "@/text/i18n";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { rulesQuery } from "@/workspace/queries";
import { useWorkspace } from "@/workspace/workspace";
import { PermissionRow } from "./PermissionRow";
import { LinkRow, ReasonRow, SessionRow } from "./PreferenceRows";
import { ChoiceRow, ListRow, NumberRow, SwitchRow, TextRow, useEffects } from "./RuleRows";
import { Group } from "./rows";

/**
 * The rules of the instance in use. Until its key is there, only the rules that hold
 * for every instance are known.
 */
export function RulesPage({ settings }: { settings: Settings }) {
  const { instance } = useWorkspace();
  const rules = useQuery(rulesQuery(useBackend()));
  return (
    <>
      {rules.error ? (
        <ProblemNotice
          key={rules.errorUpdatedAt}
          className="mb-5"
          problem={rules.error.problem}
          onRetry={() => void rules.refetch()}
        />
      ) : (
        <p className="-mt-4 mb-6 text-12 text-ink-2">
          {t("settings.rulesOf")} <bdi className="font-semibold text-ink">{instance.name}</bdi>
        </p>
      )}
      <Group title={t("settings.reasonGroup")}>
        <ReasonRow settings={settings} />
        {rules.data ? <ReasonRules rules={rules.data} /> : null}
      </Group>
      <Group title={t("settings.time")}>
        <SessionRow settings={settings} />
        {rules.data ? <LongestRow rules={rules.data} /> : null}
        <LinkRow settings={settings} />
        {rules.data ? (
          <>
            <SwitchRow
              rules={rules.data}
              name="forbidCopyingLinks"
              title={t("settings.forbidCopying")}
              about={t("settings.forbidCopyingAbout")}
            />
            <QuotaRow rules={rules.data} />
          </>
        ) : null}
      </Group>
      {rules.data ? (
        <>
          <ProtectedGroup rules={rules.data} />
          <OperatorGroup rules={rules.data} />
        </>
      ) : null}
    </>
  );
}

function ReasonRules({ rules }: { rules: Rules }) {
  return (
    <>
      <TextRow
        rules={rules}
        name="reasonPattern"
        exact
        title={t("settings.pattern")}
        about={t("settings.patternAbout")}
        placeholder="#\d{4,}"
      />
      <TextRow
        rules={rules}
        name="reasonHint"
        title={t("settings.hint")}
        about={t("settings.hintAbout")}
        placeholder={t("settings.hintExample")}
      />
      <TextRow
        rules={rules}
        name="reasonReference"
        exact
        title={t("settings.reference")}
        about={t("settings.referenceAbout")}
        placeholder="\d{4,6}"
      />
      <TextRow
        rules={rules}
        name="reasonAddress"
        exact
        title={t("settings.address")}
        about={t("settings.addressAbout")}
        placeholder="https://acme.zendesk.com/agent/tickets/{ref}"
      />
    </>
  );
}

function LongestRow({ rules }: { rules: Rules }) {
  return (
    <ChoiceRow
      rules={rules}
      name="longestSessionMinutes"
      title={t("settings.longest")}
      about={t("settings.longestAbout")}
      options={[
        { value: 10, label: t("minutes", { count: 10 }) },
        { value: 30, label: t("minutes", { count: 30 }) },
        { value: 60, label: t("settings.hour") },
        { value: 0, label: t("settings.noLimit") },
      ]}
    />
  );
}

function QuotaRow({ rules }: { rules: Rules }) {
  return (
    <NumberRow
      rules={rules}
      name="monthlyQuota"
      title={t("settings.quota")}
      about={t("settings.quotaAbout")}
      placeholder={t("settings.quotaUnknown")}
    />
  );
}

function ProtectedGroup({ rules }: { rules: Rules }) {
  return (
    <Group title={t("settings.protected")}>
      <ListRow
        rules={rules}
        name="protectedRoles"
        effect="protectedRolesEffect"
        title={t("settings.roles")}
        about={t("settings.rolesAbout")}
        placeholder="org:admin"
      />
      <ListRow
        rules={rules}
        name="protectedDomains"
        effect="protectedDomainsEffect"
        title={t("settings.domains")}
        about={t("settings.domainsAbout")}
        placeholder="acme.com"
      />
      <ListRow
        rules={rules}
        name="protectedMetadata"
        effect="protectedMetadataEffect"
        title={t("settings.metadata")}
        about={t("settings.metadataAbout")}
        placeholder="role=admin"
        between={/\s*[,;]\s*/}
      />
      <ChoiceRow
        rules={rules}
        name="protectedBlockedEffect"
        title={t("settings.blocked")}
        about={t("settings.blockedAbout")}
        options={useEffects()}
      />
    </Group>
  );
}

function OperatorGroup({ rules }: { rules: Rules }) {
  return (
    <Group title={t("settings.operator")}>
      <SwitchRow
        rules={rules}
        name="signInRequired"
        title={t("settings.signIn")}
        about={t("settings.signInAbout")}
      />
      <NumberRow
        rules={rules}
        name="signInHours"
        title={t("settings.signInHours")}
        about={t("settings.signInHoursAbout")}
        placeholder="12"
      />
      <SwitchRow
        rules={rules}
        name="signInAfterLock"
        title={t("settings.afterLock")}
        about={t("settings.afterLockAbout")}
      />
      <TextRow
        rules={rules}
        name="signInClientId"
        exact
        title={t("settings.clientID")}
        about={t("settings.clientIDAbout")}
        placeholder={t("settings.clientIDNone")}
      />
      <PermissionRow rules={rules} />
      <SwitchRow
        rules={rules}
        name="permissionHideTable"
        title={t("settings.hideTable")}
        about={t("settings.hideTableAbout")}
      />
    </Group>
  );
}
