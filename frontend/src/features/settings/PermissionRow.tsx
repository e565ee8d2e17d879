import { useState } from "react";
import type { Rules } from "@/backend/settings";
import { t } from "@/text/i18n";
import { TextInput } from "@/ui/TextInput";
import { RuleRow } from "./RuleRows";
import type { SaveRules } from "./useSaveRules";

/** The permission that an operator must have, and where: the two are one rule. */
export function PermissionRow({ rules }: { rules: Rules }) {
  const { permissionName: name, permissionOrganization: organization } = rules;
  return (
    <RuleRow
      rules={rules}
      names={["permissionName", "permissionOrganization"]}
      title={t("settings.permission")}
      about={t("settings.permissionAbout")}
      words={<span className="font-id">{name ? `${name} · ${organization}` : t("settings.none")}</span>}
    >
      {(save) => <Both key={`${name} ${organization}`} rules={rules} save={save} />}
    </RuleRow>
  );
}

/** Saved when both boxes are filled, or both empty, and the focus has left them. */
function Both({ rules, save }: { rules: Rules; save: SaveRules }) {
  const [name, setName] = useState(rules.permissionName);
  const [organization, setOrganization] = useState(rules.permissionOrganization);
  const done = () => {
    const next = { permissionName: name.trim(), permissionOrganization: organization.trim() };
    const isWhole = (next.permissionName === "") === (next.permissionOrganization === "");
    const isNew =
      next.permissionName !== rules.permissionName ||
      next.permissionOrganization !== rules.permissionOrganization;
    if (isWhole && isNew) save.change(next);
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
