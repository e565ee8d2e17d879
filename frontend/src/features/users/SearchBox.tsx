import { type RefObject, useId } from "react";
import { useTranslation } from "react-i18next";
import { shortcutOf } from "@/actions/keys";
import type { Problem } from "@/backend/problem";
import { SearchField } from "@/ui/SearchField";
import type { Search } from "./useSearch";

/** The search box, with what is wrong with the search below it. */
export function SearchBox({
  search,
  problem,
  inputRef,
  onEnter,
  onDown,
}: {
  search: Search;
  problem: Problem | undefined;
  inputRef: RefObject<HTMLInputElement | null>;
  /** Enter: go on with the first user that is found. */
  onEnter: () => void;
  /** The arrow down: go to the rows. */
  onDown: () => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="min-w-0 flex-1">
      <SearchField
        label={t("users.search")}
        placeholder={t("users.searchHint")}
        shortcut={shortcutOf("search")}
        value={search.text}
        onChange={search.change}
        onPaste={search.pasted}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
          if (event.key !== "Enter" && event.key !== "ArrowDown") return;
          event.preventDefault();
          if (event.key === "ArrowDown") {
            onDown();
            return;
          }
          search.submit();
          onEnter();
        }}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : id}
        ref={(input) => {
          inputRef.current = input;
        }}
      />
      {problem === undefined ? null : (
        <p id={id} role="alert" className="mt-1 text-12 text-warn select-text">
          {problem.message} {problem.next}
        </p>
      )}
    </div>
  );
}
