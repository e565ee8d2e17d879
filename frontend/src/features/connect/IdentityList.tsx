import { useMutation } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { useId, useLayoutEffect, useRef, useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import type { Instance } from "@/backend/instances";
import type { Operator } from "@/backend/operator";
import type { UserRow } from "@/backend/users";
import { cutMiddle } from "@/text/format";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { Icon } from "@/ui/Icon";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { SearchField } from "@/ui/SearchField";
import { callsOff } from "@/ui/useAwaited";
import { lineOf, nameOf } from "@/workspace/person";
import { Candidate, LoadingRows, NotAUser } from "./Candidate";
import type { Candidates } from "./useCandidates";

/** An Enter this soon after the one that picked is the same press, in milliseconds. */
const bounce = 200;

/** Finds the operator among the users. A picked operator stays unverified until Clerk proves it. */
export function IdentityList({
  instance,
  candidates,
  onPicked,
  onSignIn,
  onOutside,
  onBack,
}: {
  instance: Instance;
  candidates: Candidates;
  onPicked: (operator: Operator) => void;
  onSignIn: () => void;
  /** The operator is none of the users. */
  onOutside: () => void;
  /** Leaves everything as it was, where it was anything. */
  onBack: (() => void) | undefined;
}) {
  const backend = useBackend();
  const id = useId();
  const box = useRef<HTMLInputElement | null>(null);
  const { search, query, shown, isCurrent } = candidates;
  const [active, setActive] = useState(0);
  const [pickedID, setPickedID] = useState("");
  const [hint, setHint] = useState(false);
  const pickedAt = useRef(Number.NEGATIVE_INFINITY);
  // Nobody is acted for who is not in the list of what is typed.
  const picked = isCurrent ? shown.find((row) => row.id === pickedID) : undefined;
  if (isCurrent && pickedID !== "" && picked === undefined) setPickedID("");
  const confirm = useMutation({
    mutationFn: (userID: string) => backend.setOperator(userID),
    onSuccess: onPicked,
  });

  // The box has the focus before anybody can see it: text typed at once must not be lost.
  useLayoutEffect(() => box.current?.focus(), []);

  const submit = () => {
    if (picked) confirm.mutate(picked.id);
    else setHint(true);
    if (!picked) box.current?.focus();
  };
  const pick = (row: UserRow | undefined) => {
    if (!row) return;
    setPickedID(row.id);
    setActive(Math.max(0, shown.indexOf(row)));
    setHint(false);
    box.current?.focus();
  };

  /** Picks first, and goes on when that was seen: neither a held key nor one that bounces does both. */
  const enter = ({ repeat, timeStamp }: { repeat: boolean; timeStamp: number }) => {
    if (repeat || timeStamp - pickedAt.current < bounce) return;
    if (!isCurrent) {
      candidates.submit();
      return candidates.ask((first) => {
        pickedAt.current = performance.now();
        pick(first);
      });
    }
    if (picked && picked.id === shown[active]?.id) return onSignIn();
    pickedAt.current = timeStamp;
    pick(shown[active]);
  };
  const name = picked ? nameOf(picked) : "";

  return (
    <section className="mt-4.5 overflow-hidden rounded-xl border border-line bg-surface shadow-2">
      <p role="status" className="sr-only">
        {picked ? t("connect.identity.picked", { name, email: lineOf(picked) }) : null}
      </p>
      <div className="border-b border-line p-3">
        <SearchField
          ref={(input) => {
            box.current = input;
          }}
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={isCurrent && shown[active] ? `${id}-${shown[active].id}` : undefined}
          label={t("connect.identity.search")}
          placeholder={t("connect.identity.search")}
          value={candidates.text}
          onChange={(value) => {
            candidates.change(value);
            setActive(0);
          }}
          note={
            <span role="status">
              {isCurrent ? foundNote(query, candidates.found, search.data?.last ?? true) : null}
            </span>
          }
          onPointerDown={candidates.drop}
          onBlur={({ currentTarget }) => {
            // It keeps the focus while another window has the keyboard.
            if (document.activeElement !== currentTarget) candidates.drop();
          }}
          onKeyDown={(event) => {
            if (callsOff(event)) candidates.drop();
            const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
            if (step) setActive((at) => Math.max(0, Math.min(shown.length - 1, at + step)));
            else if (event.key === "Enter") enter(event);
            else if (event.key === "Escape" && candidates.text === "" && onBack) onBack();
            else return;
            event.preventDefault();
          }}
        />
      </div>
      {search.error ? (
        <ProblemNotice
          key={search.errorUpdatedAt}
          problem={search.error.problem}
          onRetry={() => void search.refetch()}
          byItself
          className="m-3"
        />
      ) : (
        <div
          id={`${id}-list`}
          role="listbox"
          aria-label={t("connect.identity.list")}
          aria-busy={search.isPending}
          className={cx("max-h-75 min-h-36 overflow-y-auto p-1.5", search.isPlaceholderData && "opacity-60")}
        >
          {search.isPending ? <LoadingRows /> : null}
          {shown.map((row, index) => (
            <Candidate
              key={row.id}
              id={`${id}-${row.id}`}
              row={row}
              query={query}
              active={isCurrent && index === active}
              picked={row.id === picked?.id}
              onPick={() => pick(row)}
            />
          ))}
        </div>
      )}
      {isCurrent && shown.length === 0 ? (
        <div role="status" className="-mt-28 h-28 px-6 text-center text-ink-2">
          <p className="font-semibold text-ink">{t("connect.identity.none", { query })}</p>
          <p>{t("connect.identity.noneAbout")}</p>
        </div>
      ) : null}
      <NotAUser onChoose={onOutside} />
      <div className="flex gap-3 border-t border-line p-3.5">
        <span className="flex size-8.5 shrink-0 items-center justify-center rounded-md bg-ok-bg text-ok">
          <Icon icon={ShieldCheck} className="size-4.5" />
        </span>
        <div>
          <h2 className="font-semibold">{t("connect.identity.noteTitle")}</h2>
          <p className="text-ink-2">{t("connect.identity.note", { name: instance.name })}</p>
        </div>
      </div>
      {confirm.error ? (
        <ProblemNotice
          key={confirm.submittedAt}
          problem={confirm.error.problem}
          onRetry={submit}
          className="mx-3.5 mb-3.5"
        />
      ) : null}
      <div className="flex flex-wrap items-center gap-2 border-t border-line bg-sunken px-3.5 py-3">
        {onBack ? (
          <Button variant="ghost" onClick={onBack}>
            {t("cancel")}
          </Button>
        ) : null}
        <span className="ml-auto text-12 text-danger">
          {hint ? <span role="alert">{t("connect.identity.pickFirst")}</span> : null}
        </span>
        <Button
          disabled={confirm.isPending}
          aria-label={picked && !confirm.isPending ? t("connect.identity.confirmAs", { name }) : undefined}
          aria-describedby={picked && `${id}-${picked.id}-email`}
          onClick={submit}
        >
          {confirm.isPending
            ? t("connect.identity.saving")
            : picked
              ? t("connect.identity.confirmAs", { name: cutMiddle(name) })
              : t("connect.identity.confirm")}
        </Button>
        <Button variant="primary" shortcut="↵" disabled={confirm.isPending} onClick={onSignIn}>
          {t("connect.identity.signIn")}
        </Button>
      </div>
    </section>
  );
}

function foundNote(query: string, count: number, last: boolean): string | undefined {
  if (query === "") return undefined;
  return last ? t("connect.identity.found", { count }) : t("connect.identity.foundMany", { count });
}
