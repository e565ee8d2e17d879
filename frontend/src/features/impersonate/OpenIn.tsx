import type { Browser } from "@/backend/backend";
import { t } from "@/text/i18n";
import { Choices } from "@/ui/Choices";
import { Select } from "@/ui/Select";

/** With more than these a list takes less room than a line for each. */
const fewest = 4;

/** The browsers of this computer, each with what it will do. */
export function OpenIn({
  browsers,
  value,
  onChange,
}: {
  browsers: Browser[];
  value: string;
  onChange: (id: string) => void;
}) {
  const options = browsers.map(({ id, name, effect }) => ({ value: id, label: name, effect }));
  const label = t("impersonate.openIn");
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
      <p role="status" className="mt-1 text-12 text-ink-2">
        {options.find((option) => option.value === value)?.effect}
      </p>
    </fieldset>
  );
}
