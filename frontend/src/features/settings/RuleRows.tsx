/** The rows of the rules, each of which may be managed. */
import type { ReactNode } from "react";
import type { Rules, RulesPatch } from "@/backend/settings";
import { t } from "@/text/i18n";
import { Segmented } from "@/ui/Segmented";
import { Select } from "@/ui/Select";
import { Managed, Row } from "./rows";
import { SavedText } from "./SavedText";
import { type ChangeRules, useChangeRules } from "./useChangeRules";

/** A rule as a policy file names it: "sign_in.hours". */
type RuleName = {
  [K in keyof RulesPatch]-?: NonNullable<RulesPatch[K]> extends object
    ? `${K}.${keyof NonNullable<RulesPatch[K]> & string}`
    : K;
}[keyof RulesPatch];

interface RowProps {
  rules: Rules;
  title: string;
  about: ReactNode;
}

/** A row about one rule. */
interface OneProps<T> extends RowProps {
  name: RuleName;
  value: T;
  change: (value: T) => RulesPatch;
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
  names: readonly RuleName[];
  words: ReactNode;
  children: (save: ChangeRules) => ReactNode;
}) {
  const save = useChangeRules();
  const managed = names.every((name) => rules.managed.includes(name));
  return (
    <Row title={title} about={about} problem={save.problem} onRetry={save.retry}>
      {managed ? <Managed>{words}</Managed> : children(save)}
    </Row>
  );
}

export function SwitchRow({ name, value: isOn, change, ...row }: OneProps<boolean>) {
  const { title } = row;
  return (
    <RuleRow {...row} names={[name]} words={t(isOn ? "settings.on" : "settings.off")}>
      {(save) => (
        <Segmented
          label={title}
          hideLabel
          value={isOn ? "on" : "off"}
          onChange={(value) => save.change(change(value === "on"))}
          options={[
            { value: "off", label: t("settings.off") },
            { value: "on", label: t("settings.on") },
          ]}
        />
      )}
    </RuleRow>
  );
}

export function ChoiceRow<T extends string | number>({
  name,
  value,
  change,
  options,
  ...row
}: OneProps<T> & { options: readonly { value: T; label: string }[] }) {
  const { title } = row;
  const chosen = options.find((option) => option.value === value);
  return (
    <RuleRow {...row} names={[name]} words={chosen?.label ?? value}>
      {(save) => (
        <Select
          label={title}
          value={value}
          onChange={(next) => save.change(change(next))}
          options={options}
        />
      )}
    </RuleRow>
  );
}

export function TextRow({
  name,
  value,
  change,
  placeholder,
  exact = false,
  ...row
}: OneProps<string> & { placeholder?: string; exact?: boolean }) {
  const { title } = row;
  return (
    <RuleRow
      {...row}
      names={[name]}
      words={<span className={exact ? "font-id" : ""}>{value || t("settings.none")}</span>}
    >
      {(save) => (
        <SavedText
          label={title}
          value={value}
          exact={exact}
          {...(placeholder === undefined ? {} : { placeholder })}
          onSave={(typed) => save.change(change(typed))}
        />
      )}
    </RuleRow>
  );
}

/** Words, each of which is one of a list. */
export function WordsRow({ value, change, ...row }: OneProps<string[]> & { placeholder: string }) {
  return (
    <TextRow
      {...row}
      value={value.join(", ")}
      change={(typed) => change(typed.split(/[\s,;]+/).filter(Boolean))}
      exact
    />
  );
}

/** A whole number, "" for 0, which the rules have for "not set". */
export function NumberRow({
  name,
  value,
  change,
  placeholder,
  ...row
}: OneProps<number> & { placeholder: string }) {
  const { title } = row;
  return (
    <RuleRow {...row} names={[name]} words={value === 0 ? t("settings.none") : value}>
      {(save) => (
        <SavedText
          label={title}
          value={value === 0 ? "" : String(value)}
          placeholder={placeholder}
          className="w-24 text-right tabular-nums"
          onSave={(typed) => {
            // A text that is no number goes to Go all the same, which refuses it: the value goes back.
            const number = /^\d{0,7}$/.test(typed) ? Number(typed) : -1;
            save.change(change(number));
          }}
        />
      )}
    </RuleRow>
  );
}

/** The names that a rule is about, and its effect on them. */
export function ListRow({
  name,
  words,
  change,
  placeholder,
  ...row
}: RowProps & {
  name: "roles" | "domains" | "metadata";
  /** All of them as they are typed. */
  words: string;
  change: (typed: string) => RulesPatch;
  placeholder: string;
}) {
  const { rules, title } = row;
  const effect = `protected.${name}_effect` as const;
  const value = rules.protected[`${name}_effect`];
  const effects = useEffects();
  const chosen = effects.find((option) => option.value === value)?.label;
  const isManaged = (one: RuleName) => rules.managed.includes(one);
  return (
    <RuleRow
      {...row}
      names={[`protected.${name}`, effect]}
      words={`${words || t("settings.none")} · ${chosen ?? ""}`}
    >
      {(save) => (
        <>
          {isManaged(`protected.${name}`) ? (
            <Managed>{words}</Managed>
          ) : (
            <SavedText
              label={title}
              value={words}
              placeholder={placeholder}
              exact
              className="w-52"
              onSave={(typed) => save.change(change(typed))}
            />
          )}
          {isManaged(effect) ? (
            <Managed>{chosen}</Managed>
          ) : (
            <Select
              label={t("settings.effectOf", { title })}
              value={value}
              onChange={(next) => save.change({ protected: { [`${name}_effect`]: next } })}
              options={effects}
              className="min-w-27"
            />
          )}
        </>
      )}
    </RuleRow>
  );
}

/** The effects that a rule can have. */
export function useEffects() {
  return [
    { value: "refuse", label: t("settings.refuse") },
    { value: "ask", label: t("settings.ask") },
  ];
}
