import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useRef, useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { environmentOf, type Instance } from "@/backend/instances";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Dialog, DialogTitle } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { TextInput } from "@/ui/TextInput";
import { InstanceLetter } from "@/workspace/InstanceBadge";
import { instancesQuery } from "@/workspace/queries";
import { useWorkspace } from "@/workspace/workspace";

/** As `ui/tokens.css` has them; the first is that of the environment. */
const colors = ["", "blue", "green", "olive", "pink", "slate"] as const;

/** Changes how an instance is called and coloured. `instance` null: it is closed. */
export function EditInstance({ instance, onDone }: { instance: Instance | null; onDone: () => void }) {
  return (
    <Dialog open={instance !== null} onClose={onDone}>
      {instance ? <Content instance={instance} onDone={onDone} /> : null}
    </Dialog>
  );
}

function Content({ instance, onDone }: { instance: Instance; onDone: () => void }) {
  const backend = useBackend();
  const queries = useQueryClient();
  const { described } = useWorkspace();
  const [name, setName] = useState(instance.name);
  const [color, setColor] = useState(instance.color);
  const [empty, setEmpty] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const save = useMutation({
    mutationFn: () => backend.describeInstance(instance.id, name.trim(), color),
    onSuccess: (all) => {
      queries.setQueryData(instancesQuery(backend).queryKey, all);
      described(all);
      onDone();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setEmpty(name.trim() === "");
        if (name.trim() === "") input.current?.focus();
        else save.mutate();
      }}
    >
      <DialogTitle>{t("settings.editTitle", { name: instance.name })}</DialogTitle>
      <div className="mt-4">
        <Field label={t("settings.name")} error={empty ? t("settings.nameMissing") : ""}>
          {(ids) => (
            <TextInput
              {...ids}
              ref={input}
              maxLength={60}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Colors
        instance={{ ...instance, name: name.trim() || instance.name }}
        value={color}
        onChange={setColor}
      />
      {save.error ? (
        <ProblemNotice key={save.submittedAt} problem={save.error.problem} className="mt-3.5" />
      ) : null}
      <div className="mt-4.5 flex justify-end gap-2">
        <Button onClick={onDone}>{t("cancel")}</Button>
        <Button type="submit" variant="primary" disabled={save.isPending}>
          {t(save.isPending ? "settings.saving" : "settings.save")}
        </Button>
      </div>
    </form>
  );
}

function Colors({
  instance,
  value,
  onChange,
}: {
  instance: Instance;
  value: string;
  onChange: (color: string) => void;
}) {
  const group = useId();
  return (
    <fieldset className="mt-4 min-w-0">
      <legend className="mb-1.5 text-12 font-semibold">{t("settings.color")}</legend>
      <div className="flex gap-2" data-env={environmentOf(instance)}>
        {colors.map((color) => {
          const label = color === "" ? t("settings.colorNone") : t(`settings.colors.${color}`);
          return (
            <label
              key={color}
              title={label}
              className="rounded-lg p-0.75 has-checked:ring-2 has-checked:ring-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring"
            >
              <input
                type="radio"
                name={group}
                aria-label={label}
                className="sr-only"
                checked={value === color}
                onChange={() => onChange(color)}
              />
              <InstanceLetter instance={{ ...instance, color }} />
            </label>
          );
        })}
      </div>
      <p className="mt-1.5 text-11 text-ink-3">{t("settings.colorAbout")}</p>
    </fieldset>
  );
}
