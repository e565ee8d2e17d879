import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { t } from "@/text/i18n";
import { Choices } from "@/ui/Choices";
import { Icon } from "@/ui/Icon";
import { Select } from "@/ui/Select";
import type { Way } from "./ways";

/** With more than these a list takes less room than a line for each. */
const fewest = 5;

/** The ways to hand over a link, each with what it will do, and why some browsers are not among them. */
export function OpenIn({
  barriers = [],
  ...offered
}: {
  label: string;
  ways: readonly Way[];
  barriers?: readonly string[];
  value: string;
  onChange: (id: string) => void;
}) {
  return (
    <div>
      <Offered {...offered} />
      <Barriers barriers={barriers} />
    </div>
  );
}

function Barriers({ barriers }: { barriers: readonly string[] }) {
  if (barriers.length === 0) return null;
  return (
    <ul aria-label={t("impersonate.barriers")} className="mt-1.5 flex flex-col gap-1 text-12 text-ink-2">
      {barriers.map((barrier) => (
        <li key={barrier} className="flex items-start gap-1.5">
          <Icon icon={Lock} className="mt-0.5 size-3.5 shrink-0" />
          {barrier}
        </li>
      ))}
    </ul>
  );
}

/** In the place of the form: the rules leave no way to hand over a link. */
export function NoWay({ id, barriers }: { id: string; barriers: readonly string[] }) {
  return (
    <div id={id}>
      <p role="alert" className="font-semibold">
        {t("impersonate.noWay")}
      </p>
      <Barriers barriers={barriers} />
    </div>
  );
}

function Offered({
  label,
  ways,
  value,
  onChange,
}: {
  label: string;
  ways: readonly Way[];
  value: string;
  onChange: (id: string) => void;
}): ReactNode {
  const options = ways.map(({ id, name, effect }) => ({ value: id, label: name, effect }));
  if (options.length <= fewest) {
    return <Choices label={label} options={options} value={value} onChange={onChange} />;
  }
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-12 font-semibold">{label}</legend>
      <Select
        label={t("impersonate.browser")}
        options={options}
        value={value}
        onChange={onChange}
        className="w-full"
      />
      <p role="status" className="mt-1 text-12 whitespace-pre-line text-ink-2">
        {options.find((option) => option.value === value)?.effect}
      </p>
    </fieldset>
  );
}
