import { useQuery } from "@tanstack/react-query";
import { useBackend } from "@/backend/BackendProvider";
import { environmentOf } from "@/backend/instances";
import type { Rules, Settings } from "@/backend/settings";
import { t } from "@/text/i18n";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { rulesQuery } from "@/workspace/queries";
import { useWorkspace } from "@/workspace/workspace";
import { ChangesGroup } from "./ChangesGroup";
import { linesOf, metadataOf } from "./metadata";
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
              name="forbid_copying_links"
              value={rules.data.forbid_copying_links}
              change={(value) => ({ forbid_copying_links: value })}
              title={t("settings.forbidCopying")}
              about={t("settings.forbidCopyingAbout")}
            />
            <QuotaRow rules={rules.data} />
          </>
        ) : null}
      </Group>
      {rules.data ? (
        <>
          <ChangesGroup rules={rules.data} production={environmentOf(instance) === "production"} />
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
        name="reason.pattern"
        value={rules.reason.pattern}
        change={(value) => ({ reason: { pattern: value } })}
        exact
        title={t("settings.pattern")}
        about={t("settings.patternAbout")}
        placeholder="#\d{4,}"
      />
      <TextRow
        rules={rules}
        name="reason.hint"
        value={rules.reason.hint}
        change={(value) => ({ reason: { hint: value } })}
        title={t("settings.hint")}
        about={t("settings.hintAbout")}
        placeholder={t("settings.hintExample")}
      />
      <TextRow
        rules={rules}
        name="reason.reference"
        value={rules.reason.reference}
        change={(value) => ({ reason: { reference: value } })}
        exact
        title={t("settings.reference")}
        about={t("settings.referenceAbout")}
        placeholder="\d{4,6}"
      />
      <TextRow
        rules={rules}
        name="reason.address"
        value={rules.reason.address}
        change={(value) => ({ reason: { address: value } })}
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
      name="longest_session_minutes"
      value={rules.longest_session_minutes}
      change={(value) => ({ longest_session_minutes: value })}
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
      name="monthly_quota"
      value={rules.monthly_quota}
      change={(value) => ({ monthly_quota: value })}
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
        name="roles"
        words={rules.protected.roles.join(", ")}
        change={(typed) => ({ protected: { roles: typed.split(/[\s,;]+/).filter(Boolean) } })}
        title={t("settings.roles")}
        about={t("settings.rolesAbout")}
        placeholder="org:admin"
      />
      <ListRow
        rules={rules}
        name="domains"
        words={rules.protected.domains.join(", ")}
        change={(typed) => ({ protected: { domains: typed.split(/[\s,;]+/).filter(Boolean) } })}
        title={t("settings.domains")}
        about={t("settings.domainsAbout")}
        placeholder="acme.com"
      />
      <ListRow
        rules={rules}
        name="metadata"
        words={linesOf(rules.protected.metadata).join(", ")}
        change={(typed) => ({
          protected: { metadata: metadataOf(typed.split(/\s*[,;]\s*/).filter(Boolean)) },
        })}
        title={t("settings.metadata")}
        about={t("settings.metadataAbout")}
        placeholder="role=admin"
      />
      <ChoiceRow
        rules={rules}
        name="protected.blocked_effect"
        value={rules.protected.blocked_effect}
        change={(value) => ({ protected: { blocked_effect: value } })}
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
        name="sign_in.required"
        value={rules.sign_in.required}
        change={(value) => ({ sign_in: { required: value } })}
        title={t("settings.signIn")}
        about={t("settings.signInAbout")}
      />
      <NumberRow
        rules={rules}
        name="sign_in.hours"
        value={rules.sign_in.hours}
        change={(value) => ({ sign_in: { hours: value } })}
        title={t("settings.signInHours")}
        about={t("settings.signInHoursAbout")}
        placeholder="12"
      />
      <SwitchRow
        rules={rules}
        name="sign_in.after_lock"
        value={rules.sign_in.after_lock}
        change={(value) => ({ sign_in: { after_lock: value } })}
        title={t("settings.afterLock")}
        about={t("settings.afterLockAbout")}
      />
      <TextRow
        rules={rules}
        name="sign_in.client_id"
        value={rules.sign_in.client_id}
        change={(value) => ({ sign_in: { client_id: value } })}
        exact
        title={t("settings.clientID")}
        about={t("settings.clientIDAbout")}
        placeholder={t("settings.clientIDNone")}
      />
      <PermissionRow rules={rules} />
      <SwitchRow
        rules={rules}
        name="permission.hide_table"
        value={rules.permission.hide_table}
        change={(value) => ({ permission: { hide_table: value } })}
        title={t("settings.hideTable")}
        about={t("settings.hideTableAbout")}
      />
    </Group>
  );
}
