import { type KeyboardEvent, type RefObject, useId, useState } from "react";
import { useAction } from "@/actions/ActionProvider";
import { shortcutOf } from "@/actions/keys";
import type { Problem } from "@/backend/problem";
import { t } from "@/text/i18n";
import { SearchField } from "@/ui/SearchField";
import { callsOff } from "@/ui/useAwaited";
import { inOneLine, isUnfinished, lastWord } from "./grammar";
import { Suggestions } from "./Suggestions";
import type { Suggestion } from "./suggest";
import type { Search } from "./useSearch";
import { useSuggestions } from "./useSuggestions";

/**
 * The search box, with what may follow below it and what is wrong with the
 * search. It stays a searchbox with a list, not a combobox: ARIA gives both the
 * same attributes, and it is known by this role.
 */
export function SearchBox({
  search,
  problem,
  inputRef,
  onEnter,
  onEdit,
  onDown,
}: {
  search: Search;
  problem: Problem | undefined;
  inputRef: RefObject<HTMLInputElement | null>;
  /** Enter: go on with the first user that is found. */
  onEnter: () => void;
  /** The operator does something else with the box, or leaves it: nothing is waited for. */
  onEdit: () => void;
  /** The arrow down: go to the first user that is found, too. */
  onDown: () => void;
}) {
  const id = useId();
  const [focused, setFocused] = useState(false);
  // The box has the focus when nobody has done anything yet: it offers nothing before.
  const [closed, setClosed] = useState(true);
  const [active, setActive] = useState(-1);
  const wanted = focused && !closed;
  const { offered, failed, remember, forget } = useSuggestions(search.text, wanted);
  const open = wanted && offered.length > 0;
  const chosen = open ? offered[active] : undefined;

  const again = (): void => {
    setClosed(false);
    setActive(-1);
  };
  useAction("search", () => {
    onEdit();
    inputRef.current?.focus();
    inputRef.current?.select();
    again();
  });
  const submit = (): void => {
    remember(search.submit());
    setClosed(true);
    onEnter();
  };
  const choose = (suggestion: Suggestion): void => {
    again();
    onEdit();
    inputRef.current?.focus();
    switch (suggestion.kind) {
      case "prefix":
        return search.change(`${lastWord(search.text).before}${suggestion.text}`);
      case "value":
      case "organization":
        return search.add(suggestion.term, lastWord(search.text).before.trim());
      default:
        setClosed(true);
        remember(suggestion.text);
        search.replace(suggestion.text);
    }
  };
  const step = (by: 1 | -1): void => {
    if (open) setActive((at) => Math.min(Math.max(-1, at + by), offered.length - 1));
    else if (by === 1) onDown();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (callsOff(event)) onEdit();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { selectionStart, selectionEnd } = event.currentTarget;
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp" && open) step(-1);
    else if (event.key === "Enter" && chosen !== undefined) choose(chosen);
    else if (event.key === "Enter") submit();
    else if (event.key === "Escape" && (open || (wanted && failed !== ""))) setClosed(true);
    else if (
      event.key === "Backspace" &&
      selectionStart === 0 &&
      selectionEnd === 0 &&
      search.terms.length > 0 &&
      search.text === ""
    )
      search.takeBack();
    else return;
    event.preventDefault();
  };

  return (
    <div className="relative min-w-0 flex-1">
      <SearchField
        label={t("users.search")}
        placeholder={t("users.searchHint")}
        shortcut={shortcutOf("search")}
        value={search.text}
        onChange={(text, at) => {
          again();
          onEdit();
          search.change(text, at);
        }}
        onPaste={(event) => {
          search.pasted();
          const text = event.clipboardData.getData("text/plain");
          if (!/[\r\n]/u.test(text)) return;
          // Engines join the lines of what is pasted into one line, some with nothing between.
          event.preventDefault();
          const { value, selectionStart, selectionEnd } = event.currentTarget;
          const [before, after] = [
            value.slice(0, selectionStart ?? 0),
            value.slice(selectionEnd ?? value.length),
          ];
          again();
          onEdit();
          search.change(before + inOneLine(text) + after);
        }}
        onPointerDown={() => {
          onEdit();
          again();
        }}
        onFocus={() => {
          setFocused(true);
          // A condition begun from the menu waits for a value to be chosen.
          if (isUnfinished(search.text)) again();
        }}
        onBlur={({ currentTarget }) => {
          setFocused(false);
          setClosed(true);
          // It keeps the focus while another window has the keyboard.
          if (document.activeElement !== currentTarget) onEdit();
        }}
        onKeyDown={onKeyDown}
        data-start
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={open ? `${id}-list` : undefined}
        aria-activedescendant={chosen === undefined ? undefined : `${id}-list-${active}`}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : id}
        ref={(input) => {
          inputRef.current = input;
        }}
      />
      {open || (wanted && failed !== "") ? (
        <Suggestions
          id={`${id}-list`}
          offered={offered}
          failed={failed}
          active={active}
          onActive={setActive}
          onChoose={choose}
          onForget={forget}
        />
      ) : null}
      {problem === undefined ? null : (
        <p id={id} role="alert" className="mt-1 text-12 text-warn select-text">
          {problem.message} {problem.next}
        </p>
      )}
    </div>
  );
}
