import { Building2, History, Pin } from "lucide-react";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { Option } from "@/ui/Option";
import { useNow } from "@/ui/useNow";
import type { Suggestion } from "./suggest";
import { nameOfTerm, valueOfTerm } from "./termText";

/** The suggestions below the search box, which keeps the focus and the keys. */
export function Suggestions({
  id,
  offered,
  failed,
  active,
  onActive,
  onChoose,
  onForget,
}: {
  /** Of the list; its options are numbered after it. */
  id: string;
  offered: readonly Suggestion[];
  /** The sentence about what did not load, "" if everything did. */
  failed: string;
  /** The option that the keyboard is at, -1 for none. */
  active: number;
  onActive: (active: number) => void;
  onChoose: (chosen: Suggestion) => void;
  /** Drops the recent searches. */
  onForget: () => void;
}) {
  return (
    // A press in here must not take the focus from the box.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      onPointerDown={(event) => event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
      className="absolute inset-x-0 top-9 z-30 max-h-80 overflow-y-auto rounded-lg bg-raised p-1.25 shadow-pop"
    >
      <p role="status" className="sr-only">
        {failed === "" ? t("users.suggested", { count: offered.length }) : failed}
      </p>
      {failed === "" ? null : (
        <p aria-hidden className="px-2 py-1.5 text-12 text-ink-2">
          {failed}
        </p>
      )}
      {offered.length > 0 ? (
        <div id={id} role="listbox" aria-label={t("users.suggestions")}>
          {offered.map((suggestion, index) => (
            <Option
              key={`${suggestion.kind} ${suggestion.text}`}
              id={`${id}-${index}`}
              active={index === active}
              onActive={() => onActive(index)}
              onChoose={() => onChoose(suggestion)}
            >
              <Offered suggestion={suggestion} />
            </Option>
          ))}
        </div>
      ) : null}
      {offered.some(({ kind }) => kind === "recent") ? (
        <Button variant="ghost" size="sm" tabIndex={-1} className="mt-1" onClick={onForget}>
          {t("users.forgetSearches")}
        </Button>
      ) : null}
    </div>
  );
}

function Offered({ suggestion }: { suggestion: Suggestion }) {
  const now = useNow();
  switch (suggestion.kind) {
    case "prefix":
      return <Meaning typed={suggestion.text} meaning={nameOfTerm(suggestion.prefix)} />;
    case "value": {
      const { term } = suggestion;
      return (
        <Meaning typed={suggestion.text} meaning={`${nameOfTerm(term.prefix)} ${valueOfTerm(term, now)}`} />
      );
    }
    case "organization":
      return (
        <>
          <Icon icon={Building2} className="text-ink-3" />
          <bdi className="min-w-0 flex-1 truncate">{suggestion.name}</bdi>{" "}
          <span className="max-w-1/2 shrink-0 truncate font-id text-ink-2">{suggestion.text}</span>
        </>
      );
    default: {
      const isPinned = suggestion.kind === "pinned";
      return (
        <>
          <Icon icon={isPinned ? Pin : History} className="text-ink-3" />
          <bdi className="min-w-0 flex-1 truncate">{suggestion.text}</bdi>
          <span className="text-11 text-ink-2">
            {t(isPinned ? "users.pinnedSearch" : "users.recentSearch")}
          </span>
        </>
      );
    }
  }
}

function Meaning({ typed, meaning }: { typed: string; meaning: string }) {
  return (
    <>
      <span className="w-36 shrink-0 truncate font-id">{typed}</span>
      <span className="min-w-0 flex-1 truncate text-ink-2">{meaning}</span>
    </>
  );
}
