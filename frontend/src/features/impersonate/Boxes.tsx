import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type ReactNode, useRef } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { t } from "@/text/i18n";
import { cx } from "@/ui/cx";
import { Field } from "@/ui/Field";
import { textLook } from "@/ui/TextInput";
import { recentReasonsQuery } from "./queries";
import type { Box, Reasons } from "./useReasons";

/** As long as Go accepts, in characters. */
const lengths: Record<Box, number> = { reason: 500, override: 500, reference: 100, changes: 500, land: 2048 };

/** One of the boxes of the dialog, with its line below. */
export function ReasonBox({
  box,
  reasons,
  label,
  help,
  placeholder,
  required,
  marked = false,
  onKeyDown,
}: {
  box: Box;
  reasons: Reasons;
  label: string;
  help?: ReactNode;
  placeholder?: string;
  required: boolean;
  /** Whether a word beside the label says that it is not required. */
  marked?: boolean;
  onKeyDown?: (event: KeyboardEvent) => void;
}) {
  return (
    <Field
      label={label}
      help={help}
      error={reasons.wrong(box)}
      mark={marked && !required ? t("impersonate.optional") : undefined}
    >
      {(ids) => (
        <textarea
          {...ids}
          ref={reasons.refs[box]}
          rows={1}
          maxLength={lengths[box]}
          aria-required={required}
          placeholder={placeholder}
          className={cx(textLook, "resize-none")}
          value={reasons.texts[box]}
          // A reference and the reasons are one line each: the history has them side by side.
          onChange={(event) => reasons.type(box, event.target.value.replace(/[\r\n]+/g, " "))}
          onKeyDown={onKeyDown}
        />
      )}
    </Field>
  );
}

/**
 * The reason, with the latest ones offered while nothing is typed. They are no
 * Tab stops: the arrow keys go down to them and back.
 */
export function Reason({
  reasons,
  required,
  help,
}: {
  reasons: Reasons;
  required: boolean;
  help: ReactNode;
}) {
  const recent = useQuery(recentReasonsQuery(useBackend())).data ?? [];
  const list = useRef<HTMLDivElement>(null);
  const offered = reasons.texts.reason === "" ? recent : [];

  const pick = (text: string) => {
    reasons.type("reason", text);
    reasons.refs.reason.current?.focus();
  };
  const onListKey = (event: KeyboardEvent<HTMLDivElement>) => {
    const { activeElement } = document;
    const next = {
      ArrowDown: activeElement?.nextElementSibling,
      ArrowRight: activeElement?.nextElementSibling,
      ArrowUp: activeElement?.previousElementSibling ?? reasons.refs.reason.current,
      ArrowLeft: activeElement?.previousElementSibling ?? reasons.refs.reason.current,
    }[event.key];
    if (!(next instanceof HTMLElement)) return;
    event.preventDefault();
    next.focus();
  };

  return (
    <div>
      <ReasonBox
        box="reason"
        reasons={reasons}
        label={t("impersonate.reason")}
        placeholder={t("impersonate.reasonPlaceholder")}
        required={required}
        onKeyDown={(event) => {
          const first = list.current?.querySelector("button");
          if (event.key !== "ArrowDown" || !first) return;
          event.preventDefault();
          first.focus();
        }}
        help={help}
      />
      {offered.length > 0 ? (
        // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its buttons take the focus
        <div
          ref={list}
          role="toolbar"
          aria-label={t("impersonate.recent")}
          className="mt-1.5 flex gap-1.5 overflow-hidden"
          onKeyDown={onListKey}
        >
          {offered.map((text) => (
            <button
              key={text}
              type="button"
              tabIndex={-1}
              title={text}
              className="h-5.5 max-w-50 min-w-14 truncate rounded-full border border-line-2 px-2 text-11 text-ink-2 hover:bg-hover hover:text-ink"
              onClick={() => pick(text)}
            >
              <bdi>{text}</bdi>
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
