/** The rows of the rules: what they have in common is that they may be managed. */
import type { ReactNode } from "react";
import type { Rules } from "@/backend/settings";
import { t } from "@/text/i18n";
import { Segmented } from "@/ui/Segmented";
import { Select } from "@/ui/Select";
import { Managed, Row } from "./rows";
import { SavedText } from "./SavedText";
import { type SaveRules, useSaveRules } from "./useSaveRules";

type Name = Exclude<keyof Rules, "managed">;
type NamesOf<T> = { [K in Name]: Rules[K] extends T ? K : never }[Name];

interface RowProps {
  rules: Rules;
  title: string;
  about: ReactNode;
}

/** A row about some rules. If all of them are managed, it has their value in words in place of a control. */
export function RuleRow({
  rules,
  names,
  title,
  about,
  words,
  children,
}: RowProps & {
  names: readonly Name[];
  words: ReactNode;
  children: (save: SaveRules) => ReactNode;
}) {
  const save = useSaveRules();
  const managed = names.every((name) => rules.managed.includes(name));
  return (
    <Row title={title} about={about} problem={save.problem} onRetry={save.retry}>
      {managed ? <Managed>{words}</Managed> : children(save)}
    </Row>
  );
}

export function SwitchRow({ name, ...row }: RowProps & { name: NamesOf<boolean> }) {
  const { rules, title } = row;
  return (
    <RuleRow {...row} names={[name]} words={t(rules[name] ? "settings.on" : "settings.off")}>
      {(save) => (
        <Segmented
          label={title}
          hideLabel
          value={rules[name] ? "on" : "off"}
          onChange={(value) => save.change({ [name]: value === "on" })}
          options={[
            { value: "off", label: t("settings.off") },
            { value: "on", label: t("settings.on") },
          ]}
        />
      )}
    </RuleRow>
  );
}

export function ChoiceRow<K extends NamesOf<string> | NamesOf<number>>({
  name,
  options,
  ...row
}: RowProps & { name: K; options: readonly { value: Rules[K] & (string | number); label: string }[] }) {
  const { rules, title } = row;
  const value: string | number = rules[name];
  const chosen = options.find((option) => option.value === value);
  return (
    <RuleRow {...row} names={[name]} words={chosen?.label ?? value}>
      {(save) => (
        <Select
          label={title}
          value={value}
          onChange={(next) => save.change({ [name]: next })}
          options={options}
        />
      )}
    </RuleRow>
  );
}

export function TextRow({
  name,
  placeholder,
  exact = false,
  ...row
}: RowProps & { name: NamesOf<string>; placeholder?: string; exact?: boolean }) {
  const { rules, title } = row;
  return (
    <RuleRow
      {...row}
      names={[name]}
      words={<span className={exact ? "font-id" : ""}>{rules[name] || t("settings.none")}</span>}
    >
      {(save) => (
        <SavedText
          label={title}
          value={rules[name]}
          exact={exact}
          {...(placeholder === undefined ? {} : { placeholder })}
          onSave={(value) => save.change({ [name]: value })}
        />
      )}
    </RuleRow>
  );
}

/** A whole number, "" for 0, which the rules have for "not set". */
export function NumberRow({
  name,
  placeholder,
  ...row
}: RowProps & { name: NamesOf<number>; placeholder: string }) {
  const { rules, title } = row;
  const value = rules[name];
  return (
    <RuleRow {...row} names={[name]} words={value === 0 ? t("settings.none") : value}>
      {(save) => (
        <SavedText
          label={title}
          value={value === 0 ? "" : String(value)}
          placeholder={placeholder}
          className="w-24 text-right tabular-nums"
          onSave={(typed) => {
            // What is no number goes to Go all the same, which refuses it: the value goes back.
            const number = /^\d{0,7}$/.test(typed) ? Number(typed) : -1;
            save.change({ [name]: number });
          }}
        />
      )}
    </RuleRow>
  );
}

/** A list of names and what is done with those on it. */
export function ListRow({
  name,
  effect,
  placeholder,
  between = /[\s,;]+/,
  ...row
}: RowProps & {
  name: NamesOf<string[]>;
  effect: "protectedRolesEffect" | "protectedDomainsEffect" | "protectedMetadataEffect";
  placeholder: string;
  /** What stands between two of them as they are typed. */
  between?: RegExp;
}) {
  const { rules, title } = row;
  const words = rules[name].join(", ");
  const effects = useEffects();
  const isManaged = (one: Name) => rules.managed.includes(one);
  return (
    <RuleRow
      {...row}
      names={[name, effect]}
      words={`${words || t("settings.none")} · ${effects.find(({ value }) => value === rules[effect])?.label ?? ""}`}
    >
      {(save) => (
        <>
          {isManaged(name) ? (
            <Managed>{words}</Managed>
          ) : (
            <SavedText
              label={title}
              value={words}
              placeholder={placeholder}
              exact
              className="w-52"
              onSave={(typed) => save.change({ [name]: typed.split(between).filter(Boolean) })}
            />
          )}
          {isManaged(effect) ? (
            <Managed>{effects.find(({ value }) => value === rules[effect])?.label}</Managed>
          ) : (
            <Select
              label={t("settings.effectOf", { title })}
              value={rules[effect]}
              onChange={(value) => save.change({ [effect]: value })}
              options={effects}
              className="min-w-27"
            />
          )}
        </>
      )}
    </RuleRow>
  );
}

/** What a rule does with those it is about. */
export function useEffects() {
  return [
    { value: "refuse", label: t("settings.refuse") },
    { value: "ask", label: t("settings.ask") },
  ];
}
