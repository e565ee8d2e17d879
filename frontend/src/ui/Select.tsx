import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronDown } from "lucide-react";
import { cx } from "./cx";
import { Icon } from "./Icon";

/** One of several choices, in a popup: native ones cannot be styled in a webview. */
export function Select<T extends string | number>({
  label,
  options,
  value,
  onChange,
  className,
}: {
  label: string;
  options: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
  className?: string;
}) {
  return (
    <Base.Root
      items={options}
      value={value}
      onValueChange={(next) => {
        if (next !== null) onChange(next);
      }}
    >
      <Base.Trigger
        aria-label={label}
        className={cx(
          "flex h-7.5 base:min-w-37.5 items-center justify-between gap-2 rounded-md border border-line-2 bg-raised px-2.5 font-medium shadow-1 hover:bg-linear-to-b hover:from-hover hover:to-hover",
          className,
        )}
      >
        <Base.Value />
        <Icon icon={ChevronDown} className="text-ink-2" />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
          <Base.Popup className="max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto rounded-lg bg-raised p-1.25 shadow-pop outline-none">
            {options.map((option) => (
              <Base.Item
                key={option.value}
                value={option.value}
                className="flex min-h-7.5 items-center gap-2.5 rounded-md px-2 outline-none data-highlighted:bg-sel"
              >
                <Base.ItemText className="flex-1">{option.label}</Base.ItemText>
                <Base.ItemIndicator>
                  <Icon icon={Check} />
                </Base.ItemIndicator>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
