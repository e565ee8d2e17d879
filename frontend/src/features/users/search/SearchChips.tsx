import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Pin, PinOff, Plus, X } from "lucide-react";
import { type RefObject, useRef } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { Menu, MenuItem } from "@/ui/Menu";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { useNow } from "@/ui/useNow";
import { searchesQuery } from "../queries";
import { allPrefixes, write } from "./grammar";
import { nameOfMeaning, nameOfTerm, valueOfTerm } from "./termText";
import type { Search } from "./useSearch";

/** The conditions of the search, each with a way to take it away, and the menu that begins another. */
export function SearchChips({
  search,
  inputRef,
}: {
  search: Search;
  inputRef: RefObject<HTMLInputElement | null>;
}) {
  const now = useNow(60_000);
  const begun = useRef(false);
  return (
    <>
      {search.terms.length > 0 || search.named ? (
        <ul aria-label={t("users.filters")} className="contents">
          {search.named ? (
            <Chip
              name={nameOfMeaning(search.named)}
              value={search.named.values.join(", ")}
              onRemove={() => {
                search.change("");
                inputRef.current?.focus();
              }}
            />
          ) : null}
          {search.terms.map((term) => (
            <Chip
              key={write(term)}
              name={nameOfTerm(term.prefix)}
              value={valueOfTerm(term, now)}
              onRemove={() => {
                search.remove(term);
                inputRef.current?.focus();
              }}
            />
          ))}
        </ul>
      ) : null}
      <Menu
        trigger={
          <Button variant="ghost" size="sm" icon={Plus} className="h-6 gap-1">
            {t("users.filter")}
          </Button>
        }
        // The value is typed or chosen in the box.
        finalFocus={() => (begun.current && inputRef.current) || true}
        onOpenChange={(open) => {
          if (open) begun.current = false;
        }}
      >
        {allPrefixes.map((prefix) => (
          <MenuItem
            key={prefix}
            onSelect={() => {
              begun.current = true;
              search.begin(prefix);
            }}
          >
            {nameOfTerm(prefix)}
          </MenuItem>
        ))}
        <p className="max-w-50 px-2 pt-1.5 pb-1 text-11 text-ink-2">{t("users.unfilterable")}</p>
      </Menu>
      {search.query === "" ? null : <PinButton query={search.query} />}
    </>
  );
}

function Chip({ name, value, onRemove }: { name: string; value: string; onRemove: () => void }) {
  return (
    <li className="flex h-6.5 max-w-60 min-w-0 items-center gap-1 rounded-md border border-line-2 bg-raised pr-0.5 pl-2 text-12 shadow-1">
      <span className="text-ink-2">{name}</span>{" "}
      <bdi className="min-w-0 truncate font-semibold text-ink" title={value}>
        {value}
      </bdi>
      <button
        type="button"
        aria-label={t("users.removeTerm", { term: `${name} ${value}` })}
        className="flex size-6 shrink-0 items-center justify-center rounded-sm text-ink-2 hover:bg-hover hover:text-ink"
        onClick={onRemove}
      >
        <Icon icon={X} className="size-3.5" />
      </button>
    </li>
  );
}

/** Keeps the search among those that the empty box offers first. */
function PinButton({ query }: { query: string }) {
  const backend = useBackend();
  const queries = useQueryClient();
  const kept = searchesQuery(backend);
  const pinned = useQuery(kept).data?.pinned.includes(query) ?? false;
  const pin = useMutation({
    mutationFn: () => backend.pinSearch(query, !pinned),
    onSuccess: (changed) => queries.setQueryData(kept.queryKey, changed),
  });
  return (
    <>
      <IconButton
        icon={pinned ? PinOff : Pin}
        label={t(pinned ? "users.unpinSearch" : "users.pinSearch")}
        aria-pressed={pinned}
        className="size-6"
        onClick={() => pin.mutate()}
      />
      {pin.error === null ? null : (
        <ProblemNotice
          key={pin.submittedAt}
          problem={pin.error.problem}
          onRetry={() => pin.mutate()}
          compact
        />
      )}
    </>
  );
}
