import { Search, X } from "lucide-react";
import { type ComponentProps, type ReactNode, useRef } from "react";
import { t } from "@/text/i18n";
import { cx } from "./cx";
import { Icon } from "./Icon";
import { IconButton } from "./IconButton";
import { Kbd } from "./Kbd";

interface SearchFieldProps extends Omit<ComponentProps<"input">, "onChange" | "value" | "ref"> {
  label: string;
  value: string;
  /** at is when the key was pressed, or what else changed it was done, on the clock of performance. */
  onChange: (value: string, at: number) => void;
  shortcut?: string;
  /** Words at the end of the field, such as how many were found. */
  note?: ReactNode;
  ref?: (input: HTMLInputElement | null) => void;
}

/** How long an engine may be busy with a key before it changes the text, in milliseconds. */
const longestKey = 200;

/** A search box. Esc empties it before it means anything else. */
export function SearchField({
  label,
  value,
  onChange,
  shortcut,
  note,
  ref,
  className,
  onKeyDown,
  ...rest
}: SearchFieldProps) {
  const input = useRef<HTMLInputElement | null>(null);
  const pressed = useRef(Number.NEGATIVE_INFINITY);
  return (
    <div className={cx("relative flex min-w-0 flex-1 items-center", className)}>
      <Icon icon={Search} className="pointer-events-none absolute left-2.5 text-ink-3" />
      <input
        type="text"
        role="searchbox"
        aria-label={label}
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="off"
        spellCheck={false}
        className="h-8 w-full min-w-0 rounded-md border border-line-2 bg-sunken pr-24 pl-8 select-text placeholder:text-ink-3 focus:border-accent focus:bg-surface focus:ring-2 focus:ring-sel focus:outline-hidden"
        value={value}
        onChange={(event) => {
          // The engine makes this event when it has done with that of the key.
          const isTyped = event.timeStamp - pressed.current < longestKey;
          onChange(event.target.value, isTyped ? pressed.current : event.timeStamp);
        }}
        onKeyDown={(event) => {
          pressed.current = event.timeStamp;
          onKeyDown?.(event);
          if (event.key === "Escape" && value !== "" && !event.defaultPrevented) {
            event.preventDefault();
            event.stopPropagation();
            onChange("", event.timeStamp);
          }
        }}
        {...rest}
        ref={(element) => {
          input.current = element;
          ref?.(element);
        }}
      />
      <span className="absolute right-1.5 flex items-center gap-1 text-12 text-ink-2">
        {note}
        {value !== "" ? (
          <IconButton
            icon={X}
            label={t("clearSearch")}
            className="size-6"
            onClick={(event) => {
              onChange("", event.timeStamp);
              input.current?.focus();
            }}
          />
        ) : null}
        {value === "" && shortcut ? <Kbd>{shortcut}</Kbd> : null}
      </span>
    </div>
  );
}
