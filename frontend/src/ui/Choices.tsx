import { useId } from "react";

/** One of a few choices that need a line each, with what it brings about at the end of the line. */
export function Choices({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly { value: string; label: string; effect: string }[];
  value: string;
  onChange: (value: string) => void;
}) {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-12 font-semibold">{label}</legend>
      <div className="flex flex-col gap-1">
        {options.map((option) => (
          <label
            key={option.value}
            className="flex min-h-9 items-center gap-2.5 rounded-md border border-line-2 px-2.5 py-1.5 has-checked:border-accent has-checked:bg-sel has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-ring"
          >
            <input
              type="radio"
              name={name}
              className="size-3.5 shrink-0 accent-accent outline-none"
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span className="font-medium wrap-break-word">{option.label}</span>
            <span className="ml-auto text-right text-12 whitespace-pre-line text-ink-2">{option.effect}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
