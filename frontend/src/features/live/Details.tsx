import { useQuery } from "@tanstack/react-query";
import { Lock, Unplug } from "lucide-react";
import type { ReactNode } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { type Impersonation, modeOf, type Place } from "@/backend/impersonations";
import { formatSeconds } from "@/text/format";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { ProblemNotice } from "@/ui/ProblemNotice";
import { browsersQuery, rulesQuery } from "@/workspace/queries";
import { useWorkspace } from "@/workspace/workspace";
import { useWatched } from "./useWatched";

/** The open part of a row lists places: those held back in the browser, and those allowed by hand. */
export function Details({ item }: { item: Impersonation }) {
  const { allow } = useWorkspace();
  const forbidden = useQuery(rulesQuery(useBackend())).data?.changes.allow === "never";
  const { watched, heldBack, heldBackMore, refused, allowed } = item.watching;
  if (!watched) return <Unwatched browser={item.browser} />;

  const stillHeld = heldBack.filter(({ place }) => !allowed.some((one) => isSame(one.place, place)));
  const blocked = modeOf(item) === "view_only" ? refused : [];
  const button = (kind: "path" | "connection", place: Place) =>
    forbidden ? null : (
      <Button
        size="sm"
        aria-label={t(`live.allow.${kind}Of`, { place: place.host + place.path })}
        onClick={() => allow({ id: item.id, kind, place })}
      >
        {t(`live.allow.${kind}`)}
      </Button>
    );
  return (
    <>
      {blocked.map((host) => (
        <div
          key={host}
          className="relative flex flex-wrap items-center gap-3 overflow-hidden rounded-md border border-line-2 bg-surface py-2.5 pr-3 pl-4 before:absolute before:inset-y-0 before:left-0 before:w-1 before:bg-warn"
        >
          <Icon icon={Unplug} className="self-start text-warn" />
          <div className="min-w-50 flex-1">
            <p className="font-semibold">
              {t("live.socketTo")} <bdi className="font-id wrap-anywhere select-text">{host}</bdi>
            </p>
            <p className="text-12 text-ink-2">{t("live.socketAbout")}</p>
          </div>
          {button("connection", { host, path: "" })}
        </div>
      ))}
      {stillHeld.length > 0 ? (
        <List title={t("live.heldBackHere")} note={forbidden ? "" : t("live.allow.note")}>
          {stillHeld.map(({ place, method, count, last }) => (
            <Row key={`${method} ${place.host}${place.path}`} method={method} place={place}>
              <span className="w-18 text-ink-2">{t("live.times", { count })}</span>
              <span className="w-26 text-ink-2 tabular-nums">
                {t("live.lastTime", { time: formatSeconds(last) })}
              </span>
              {button("path", place)}
            </Row>
          ))}
          {heldBackMore > 0 ? (
            <tr>
              <td className="px-3 py-1.5 text-12 text-ink-2">
                {t("live.morePaths", { count: heldBackMore })}
              </td>
            </tr>
          ) : null}
        </List>
      ) : null}
      {allowed.length > 0 ? (
        <List title={t("live.allowedHere")}>
          {allowed.map(({ place, reason }) => (
            <AllowedRow key={place.host + place.path} id={item.id} place={place} reason={reason} />
          ))}
        </List>
      ) : null}
      {blocked.length + stillHeld.length + allowed.length === 0 ? (
        <p className="text-12 text-ink-2">{t("live.nothingHeldBack")}</p>
      ) : null}
      {forbidden ? (
        <p className="flex items-center gap-1.5 text-12 text-ink-2">
          <Icon icon={Lock} className="size-3.5" />
          {t("live.allow.forbidden")}
        </p>
      ) : null}
    </>
  );
}

function isSame(a: Place, b: Place): boolean {
  return a.host === b.host && a.path === b.path;
}

function List({ title, note = "", children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <div className="mb-1.5 flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="text-12 font-semibold">{title}</h2>
        {note ? <p className="text-11 text-ink-2">{note}</p> : null}
      </div>
      <div className="overflow-hidden rounded-md border border-line-2 bg-surface">
        <table aria-label={title} className="w-full border-collapse">
          <tbody>{children}</tbody>
        </table>
      </div>
    </section>
  );
}

/** One place with what happened there, and what can be done about it. */
function Row({ method = "", place, children }: { method?: string; place: Place; children: ReactNode }) {
  return (
    <tr className="border-line not-first:border-t">
      <td className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1.25 pr-1.5 pl-3 text-12">
        {method ? <span className="w-12 font-id font-semibold">{method}</span> : null}
        <bdi className="min-w-40 flex-1 font-id wrap-anywhere select-text">
          <span className="text-ink-3">{place.host}</span>
          {place.path}
        </bdi>
        {children}
      </td>
    </tr>
  );
}

function AllowedRow({ id, place, reason }: { id: string; place: Place; reason: string }) {
  const undo = useWatched(id, (backend) => backend.disallowPlace(id, place));
  return (
    <Row place={place}>
      <span className="min-w-30 flex-1 text-ink-2">{reason}</span>
      <Button
        size="sm"
        disabled={undo.isPending}
        aria-label={t("live.undoOf", { place: place.host + place.path })}
        onClick={() => undo.mutate()}
      >
        {t("live.undo")}
      </Button>
      {undo.error ? (
        <ProblemNotice key={undo.submittedAt} problem={undo.error.problem} compact className="basis-full" />
      ) : null}
    </Row>
  );
}

/** Says why nobody knows what is done in the browser. */
function Unwatched({ browser }: { browser: string }) {
  const found = useQuery(browsersQuery(useBackend())).data?.find(({ id }) => id === browser);
  const why =
    browser === "copied-link"
      ? "copied"
      : found?.unheld === "kind" || found?.unheld === "policy"
        ? found.unheld
        : "gone";
  return (
    <p className="text-12 text-ink-2">
      {t(`live.unwatched.${why}`, { browser: found?.name || t("live.defaultBrowser") })}
    </p>
  );
}
