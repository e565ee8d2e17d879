import type { Rules } from "@/backend/settings";
import { t } from "@/text/i18n";
import { Segmented } from "@/ui/Segmented";
import { ChoiceRow, RuleRow, SwitchRow, WordsRow } from "./RuleRows";
import { Group } from "./rows";

/** The rules for what an operator may change in the app as a user. */
export function ChangesGroup({ rules, production }: { rules: Rules; production: boolean }) {
  const { changes } = rules;
  const isForbidden = changes.allow === "never";
  const minutes = [...new Set([5, 10, 30, 60, changes.minutes])].filter(Boolean).toSorted((a, b) => a - b);
  const modes = [
    { value: "view_only", label: t("settings.viewOnly") },
    { value: "allow_changes", label: t("settings.allowChanges") },
  ];
  return (
    <Group title={t("settings.changes")}>
      <ChoiceRow
        rules={rules}
        name="changes.allow"
        value={changes.allow}
        // Nothing can begin with changes where they are forbidden.
        change={(allow) => ({
          changes: allow === "never" ? { allow, default: "view_only" } : { allow },
        })}
        title={t("settings.allow")}
        about={t("settings.allowAbout")}
        options={[
          { value: "always", label: t("settings.allowAlways") },
          { value: "reason", label: t("settings.allowReason") },
          { value: "never", label: t("settings.allowNever") },
        ]}
      />
      {isForbidden ? null : (
        <>
          <RuleRow
            rules={rules}
            names={["changes.default"]}
            words={modes.find(({ value }) => value === changes.default)?.label}
            title={t("settings.startsAs")}
            about={t("settings.startsAsAbout")}
          >
            {(save) => (
              <Segmented
                label={t("settings.startsAs")}
                hideLabel
                value={changes.default}
                onChange={(value) => save.change({ changes: { default: value } })}
                options={modes}
              />
            )}
          </RuleRow>
          <ChoiceRow
            rules={rules}
            name="changes.minutes"
            value={changes.minutes}
            change={(value) => ({ changes: { minutes: value } })}
            title={t("settings.changesEnd")}
            about={t("settings.changesEndAbout")}
            options={[
              ...minutes.map((count) => ({ value: count, label: t("minutes", { count }) })),
              ...(production ? [] : [{ value: 0, label: t("settings.withSession") }]),
            ]}
          />
        </>
      )}
      <WordsRow
        rules={rules}
        name="changes.paths"
        value={changes.paths}
        change={(paths) => ({ changes: { paths } })}
        title={t("settings.paths")}
        about={t("settings.pathsAbout")}
        placeholder="/api/*/search, https://api.acme.com/find"
      />
      <WordsRow
        rules={rules}
        name="changes.hosts"
        value={changes.hosts}
        change={(hosts) => ({ changes: { hosts } })}
        title={t("settings.hosts")}
        about={t("settings.hostsAbout")}
        placeholder="acme.convex.cloud"
      />
      <SwitchRow
        rules={rules}
        name="changes.hold_graphql"
        value={changes.hold_graphql}
        change={(value) => ({ changes: { hold_graphql: value } })}
        title={t("settings.holdGraphQL")}
        about={t("settings.holdGraphQLAbout")}
      />
    </Group>
  );
}
