import { useState } from "react";
import type { Rules } from "@/backend/settings";
import { t } from "@/text/i18n";
import { TextInput } from "@/ui/TextInput";
import { RuleRow } from "./RuleRows";
import type { ChangeRules } from "./useChangeRules";

/** The permission that an operator must have, and where: the two are one rule. */
export function PermissionRow({ rules }: { rules: Rules }) {
  const { name, organization } = rules.permission;
  return (
    <RuleRow
      rules={rules}
      names={["permission.name", "permission.organization"]}
      title={t("settings.permission")}
      about={t("settings.permissionAbout")}
      words={<span className="font-id">{name ? `${name} · ${organization}` : t("settings.none")}</span>}
    >
      {(save) => <Both key={`${name} ${organization}`} rules={rules} save={save} />}
    </RuleRow>
  );
}

/** Saved when both boxes are filled, or both empty, and the focus has left them. */
function Both({ rules, save }: { rules: Rules; save: ChangeRules }) {
  const kept = rules.permission;
  const [name, setName] = useState(kept.name);
  const [organization, setOrganization] = useState(kept.organization);
  const done = () => {
    const next = { name: name.trim(), organization: organization.trim() };
    const isWhole = (next.name === "") === (next.organization === "");
    const isNew = next.name !== kept.name || next.organization !== kept.organization;
    if (isWhole && isNew) save.change({ permission: next });
  };
  const half = (name.trim() === "") !== (organization.trim() === "");
  return (
    <div
      className="flex w-85 flex-col gap-1.5"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) done();
      }}
    >
      <TextInput
        aria-label={t("settings.permissionName")}
        placeholder="org:dashboard:access"
        className="font-id"
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && done()}
      />
      <TextInput
        aria-label={t("settings.permissionOrganization")}
        placeholder="org_…"
        className="font-id"
        value={organization}
        onChange={(event) => setOrganization(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && done()}
      />
      {half ? <p className="text-11 text-warn">{t("settings.permissionHalf")}</p> : null}
    </div>
  );
}
