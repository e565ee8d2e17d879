import { X } from "lucide-react";
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { t } from "@/text/i18n";
import { cx } from "./cx";
import { IconButton } from "./IconButton";

/** How a message goes by itself. */
interface Leave {
  /** After so many milliseconds without the pointer or the focus in it. */
  after: number;
  /** Names what it counts from: another name counts anew. */
  since: string;
  act: () => void;
}

/** One message of the corner. A `quiet` one counts or changes: only its title is spoken. */
export function Message({
  title,
  icon,
  leave,
  onClose,
  wide = false,
  quiet = false,
  foot,
  children,
}: {
  title: string;
  icon?: ReactNode;
  leave?: Leave | undefined;
  onClose: () => void;
  wide?: boolean;
  quiet?: boolean;
  foot?: ReactNode;
  children?: ReactNode;
}) {
  const id = useId();
  const card = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const held = pointed || focused;
  // A button that is gone after it was pressed must not take the focus with it.
  useLayoutEffect(() => {
    if (focused && document.activeElement === document.body) card.current?.focus();
  });
  const close = () => {
    if (card.current?.contains(document.activeElement)) document.querySelector("main")?.focus();
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- what is pressed lies in it
    <div
      ref={card}
      role="group"
      aria-labelledby={id}
      tabIndex={-1}
      className={cx(
        "pointer-events-auto relative flex min-h-0 max-w-full flex-col overflow-hidden rounded-lg bg-raised shadow-pop outline-none",
        wide ? "w-101" : "w-90",
      )}
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      onFocus={() => setFocused(true)}
      onBlur={({ relatedTarget }) => setFocused(card.current?.contains(relatedTarget) ?? false)}
      onKeyDown={onKeyDown}
    >
      <div className="flex min-h-0 flex-1 items-start gap-2 overflow-y-auto p-3 pl-3.5">
        {icon}
        <div className="min-w-0 flex-1 pt-0.5 wrap-anywhere">
          <p id={id} className="text-13 font-semibold">
            {title}
          </p>
          <div aria-live={quiet ? "off" : undefined} className="text-12 text-ink-2">
            {children}
          </div>
        </div>
        <IconButton icon={X} label={t("close")} className="-mt-1 -mr-1" onClick={close} />
      </div>
      {foot ? (
        <div className="flex flex-wrap items-center gap-2 border-t border-line bg-sunken px-3.5 py-2.5">
          {foot}
        </div>
      ) : null}
      {leave && leave.after > 0 && !held ? <Leaving key={leave.since} {...leave} /> : null}
    </div>
  );
}

/** Waits, with a line that tells how long. */
function Leaving({ after, act }: Leave) {
  const leave = useEffectEvent(act);
  useEffect(() => {
    const timer = setTimeout(() => leave(), after);
    return () => clearTimeout(timer);
  }, [after]);
  return (
    <span
      aria-hidden
      className="absolute bottom-0 left-0 h-0.5 w-full origin-left animate-leave bg-accent motion-reduce:hidden"
      style={{ animationDuration: `${after}ms` }}
    />
  );
}
