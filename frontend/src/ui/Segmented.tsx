import { useId } from "react";
import { cx } from "./cx";

/** One of a few short choices, side by side. Native radio buttons: one Tab stop, arrows choose. */
export function Segmented<T extends string | number>({
  label,
  hideLabel = false,
  options,
  value,
  onChange,
  className,
}: {
  label: string;
  hideLabel?: boolean;
  options: readonly { value: T; label: string; disabled?: boolean }[];
  value: T;
  onChange: (value: T) => void;
  className?: string;
}) {
  const name = useId();
  return (
    <fieldset className={cx("min-w-0", className)}>
      <legend className={hideLabel ? "sr-only" : "mb-1.5 text-12 font-semibold"}>{label}</legend>
      <div className="grid auto-cols-fr grid-flow-col rounded-md border border-line bg-sunken">
        {options.map((option) => (
          <label
            key={option.value}
            data-chosen={option.value === value || undefined}
            className="relative flex h-7 items-center justify-center rounded-md border border-transparent px-3 text-13 font-semibold whitespace-nowrap text-ink-2 hover:text-ink has-checked:-m-px has-checked:h-7.5 has-checked:border-line-2 has-checked:bg-raised has-checked:text-ink has-checked:shadow-1 has-disabled:text-ink-3 has-disabled:opacity-60 has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-ring"
          >
            <input
              type="radio"
              name={name}
              className="absolute inset-0 m-0 appearance-none outline-none"
              checked={option.value === value}
              disabled={option.disabled}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
