import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useAction, useIdleAction } from "@/actions/ActionProvider";
import { useBackend } from "@/backend/BackendProvider";
import type { UserRow, UsersPage } from "@/backend/users";
import { t } from "@/text/i18n";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { useTell } from "@/ui/Tell";
import { rulesQuery, userKey } from "@/workspace/queries";
import { useSettings } from "@/workspace/settings";
import { useRowHeight } from "@/workspace/useRowHeight";
import { useWorkspace } from "@/workspace/workspace";
import { beginsDescending } from "./columns";
import { refusalOf } from "./person";
import { RowMenu } from "./RowMenu";
import { SearchBox } from "./search/SearchBox";
import { SearchChips } from "./search/SearchChips";
import { useSearch } from "./search/useSearch";
import { Hidden, isHidden, LoadNotice, NoRows, Notice } from "./TableStates";
import { TakeFocus } from "./TakeFocus";
import { UserPanel } from "./UserPanel";
import { UsersStatus } from "./UsersStatus";
import { type Active, UsersTable } from "./UsersTable";
import { UsersToolbar } from "./UsersToolbar";
import { useColumns } from "./useColumns";
import { useCopy } from "./useCopy";
import { useDashboard } from "./useDashboard";
import { useImpersonated } from "./useImpersonated";
import { useNewer } from "./useNewer";
import { type OpenedUser, useOpened } from "./useOpened";
import { usePrefetch } from "./usePrefetch";
import { useRefused } from "./useRefused";
import { useTarget, whyNobody } from "./useTarget";
import { useUsers } from "./useUsers";

/** A search that something outside of the screen asks for; each asking is a new object. */
export interface WantedSearch {
  readonly query: string;
  /** Whether to go on to the first user that it finds. */
  readonly first?: boolean;
}

/**
 * The directory of the connected instance, and the panel of the user that is
 * picked. first are the rows that came with the connection, opened is a user
 * that another section leads to.
 */
export function UsersScreen({
  first,
  opened,
  wanted,
}: {
  first?: UsersPage | undefined;
  opened: OpenedUser | undefined;
  wanted: WantedSearch | undefined;
}) {
  const { impersonate, stay } = useWorkspace();
  const queries = useQueryClient();
  const users = useUsers(first);
  const { loader, listing } = users;
  const { pages, stale, problem } = listing;
  const [active, setActive] = useState<Active>();
  // A row that was not loaded yet is none of another list's.
  const open = (view: Parameters<typeof users.open>[0]): void => {
    setActive((now) => (now?.user ? now : undefined));
    users.open(view);
  };
  const search = useSearch((query) => {
    // Not what was drawn last: the same search may have just been asked for.
    const now = loader.listing();
    if (query !== now.view.query || now.problem !== undefined) open({ query });
  });
  const copy = useCopy();
  const dashboard = useDashboard();
  const [prefetchHovered, prefetchActive] = [usePrefetch(), usePrefetch()];
  const impersonated = useImpersonated();
  const height = useRowHeight();
  const columns = useColumns();
  const { roomRef } = columns;
  const pictures = useSettings().data?.show_pictures ?? false;
  const rules = useQuery(rulesQuery(useBackend())).data;

  const [panelOpen, setPanelOpen] = useState(true);
  const [menu, setMenu] = useState<{ x: number; y: number; user: UserRow }>();
  const input = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const panelStart = useRef<HTMLButtonElement>(null);
  const left = useRef<HTMLElement>(null);
  const user = active?.user;

  const focusGrid = (): void => grid.current?.focus();
  const openPanel = (): void => {
    flushSync(() => setPanelOpen(true));
    panelStart.current?.focus();
  };
  const closePanel = (): void => {
    setPanelOpen(false);
    focusGrid();
  };
  const target = useTarget({
    users,
    search,
    picked: user,
    pick: (found) => setActive({ index: 0, user: found }),
    inputRef: input,
    gridRef: grid,
  });
  const tell = useTell();
  const refused = useRefused();
  const start = (chosen: UserRow): void => {
    const why = refused(chosen);
    if (why) tell(why);
    else impersonate(chosen);
  };
  const copyEmail = (chosen: UserRow): void =>
    chosen.email === "" ? tell(t("noEmail")) : copy.email(chosen);
  const clearSearch = (): void => {
    search.replace("");
    input.current?.focus();
  };
  const refresh = (): void => {
    target.drop();
    users.open({});
    void queries.invalidateQueries({ queryKey: userKey });
  };
  const showNewer = useNewer(listing, users.open, (to) => {
    const rows = grid.current;
    if (rows !== null) rows.scrollTop = to === "start" ? 0 : rows.scrollHeight;
  });
  const sortBy = (sort: string): void => {
    const now = loader.listing().view;
    open({ sort, descending: sort === now.sort ? !now.descending : beginsDescending(sort) });
  };

  const picked = user?.id ?? "";
  useOpened(opened, picked, (found) => {
    setActive({ index: pages.indexOf(found.id) ?? 0, user: found });
    setPanelOpen(true);
  });
  const note = useEffectEvent((query: string, id: string) => stay({ query, user: id }));
  useEffect(() => note(search.query, picked), [search.query, picked]);

  // Once for each asking: effects run again when the screen was hidden.
  const shownWanted = useRef<WantedSearch>(undefined);
  const showWanted = useEffectEvent((asked: WantedSearch) => {
    if (asked === shownWanted.current) return;
    shownWanted.current = asked;
    const query = search.replace(asked.query);
    if (asked.first) target.goToFirst(query);
  });
  useEffect(() => {
    if (wanted !== undefined) showWanted(wanted);
  }, [wanted]);

  useAction("refresh", refresh);
  const meant = target.user;
  const asks = target.isFirst && search.query !== "";
  const isRefused = meant !== undefined && refusalOf(meant, rules) !== undefined;
  useAction("impersonate", () => target.act(start), asks || (meant !== undefined && !isRefused));
  useAction("copyEmail", () => target.act(copyEmail), asks || (meant !== undefined && meant.email !== ""));
  useAction("copyID", () => target.act(copy.id), asks || meant !== undefined);
  const nobody = asks || meant ? undefined : t(whyNobody(target.isFirst, target.standing));
  useIdleAction("impersonate", nobody ?? (isRefused && !asks ? refused(meant) : undefined));
  useIdleAction("copyEmail", nobody ?? (meant?.email === "" && !asks ? t("noEmail") : undefined));
  useIdleAction("copyID", nobody);
  const openInClerk = dashboard.open;
  useAction(
    "openInClerk",
    () => openInClerk && target.act(openInClerk),
    openInClerk !== undefined && (asks || meant !== undefined),
  );

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (panelOpen && user !== undefined) closePanel();
    else if (search.query !== "") clearSearch();
    else return;
    event.preventDefault();
  };

  const isInvalid = problem?.code === "search_invalid";
  const isEmpty = pages.total === 0 && !stale;
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- hears Esc of everything inside
    <div
      className="@container relative flex min-w-0 flex-1"
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (event.target === input.current || event.target === grid.current) left.current = event.target;
        target.onFocus(event);
      }}
    >
      <p role="status" className="sr-only">
        {target.said}
      </p>
      <section
        ref={roomRef}
        aria-label={t("users.grid")}
        className="@container relative flex min-w-0 flex-1 flex-col"
      >
        <UsersStatus listing={listing} onShowNewer={showNewer} />
        <UsersToolbar
          users={users}
          onRefresh={refresh}
          columns={columns}
          chips={<SearchChips search={search} inputRef={input} />}
        >
          <SearchBox
            search={search}
            problem={isInvalid ? problem : undefined}
            inputRef={input}
            onEnter={() => {
              setPanelOpen(true);
              target.goToFirst();
            }}
            onEdit={target.drop}
            onDown={() => target.goToFirst()}
          />
          <TakeFocus to={() => left.current ?? input.current} />
        </UsersToolbar>
        {isHidden(problem) ? (
          <Hidden key={listing.failures} problem={problem} onRetry={loader.retry} />
        ) : isEmpty ? (
          <NoRows search={search} onClear={clearSearch} onRefresh={refresh} />
        ) : (
          <UsersTable
            loader={loader}
            rowHeight={height.row}
            headerHeight={height.header}
            columns={columns}
            pictures={pictures}
            active={active}
            impersonated={impersonated}
            gridRef={grid}
            onActive={(next) => {
              target.drop();
              setActive(next);
              // An open panel asks for itself.
              if (!panelOpen) prefetchActive(next.user);
            }}
            onOpen={openPanel}
            onPreview={() => setPanelOpen(!panelOpen)}
            onMenu={setMenu}
            onHover={prefetchHovered}
            onSort={sortBy}
          />
        )}
        {problem === undefined || isInvalid || isHidden(problem) ? null : (
          <LoadNotice
            key={listing.failures}
            problem={problem}
            asOf={listing.asOf}
            stale={stale}
            onRetry={loader.retry}
          />
        )}
        {copy.problem === undefined ? null : (
          <Notice>
            <ProblemNotice problem={copy.problem} onRetry={copy.again} className="bg-transparent p-3" />
          </Notice>
        )}
        {dashboard.problem === undefined ? null : (
          <Notice key={dashboard.attempts}>
            <ProblemNotice
              problem={dashboard.problem}
              onRetry={dashboard.again}
              className="bg-transparent p-3"
            />
          </Notice>
        )}
      </section>
      {panelOpen && user !== undefined ? (
        <aside
          aria-label={t("users.panel.label")}
          data-pane
          className="flex w-87 shrink-0 flex-col border-l border-line bg-surface @max-[46rem]:absolute @max-[46rem]:inset-y-0 @max-[46rem]:right-0 @max-[46rem]:z-30 @max-[46rem]:max-w-full @max-[46rem]:shadow-pop"
        >
          <UserPanel
            user={user}
            standing={target.standing ?? "absent"}
            hasKey={!target.isFirst}
            pictures={pictures}
            startRef={panelStart}
            onImpersonate={(chosen) => target.actOn(chosen, start)}
            onShow={() => target.goToFirst(search.replace(user.id))}
            onCopyID={copy.idQuietly}
            onOpenInClerk={openInClerk}
            onClose={closePanel}
          />
        </aside>
      ) : null}
      {menu === undefined ? null : (
        <RowMenu
          at={menu}
          user={menu.user}
          onClose={() => {
            setMenu(undefined);
            focusGrid();
          }}
          onOpen={openPanel}
          onImpersonate={() => target.actOn(menu.user, start)}
          onCopyEmail={() => target.actOn(menu.user, copyEmail)}
          onCopyID={() => target.actOn(menu.user, copy.id)}
          onOpenInClerk={openInClerk && (() => target.actOn(menu.user, openInClerk))}
        />
      )}
    </div>
  );
}
