/** The events of the window: they carry ids and states only. */
import { EventsOn } from "../../wailsjs/runtime/runtime";
import type { Ask } from "./impersonations";

/** The reason why a request waits: our own limit, Clerk that asked for it, or a moment before the next attempt. */
export type Waiting = "limit" | "clerk" | "retry";

/** Each returns how to stop listening. */
export interface Events {
  /** Hears that Understudy was locked, by whatever. */
  onLocked(listener: () => void): () => void;
  /** Hears that somebody tries to close the window while something runs. */
  onClosing(listener: () => void): () => void;
  /** Hears the actions of the native menu. */
  onAction(listener: (action: string) => void): () => void;
  /** Hears what is asked for by the mark in an app's page: a dialog, or to be shown an impersonation. */
  onAsked(listener: (ask: Ask | { id: string; kind: "show" }) => void): () => void;
  /** Hears that Clerk answers again after it did not, or takes the key that is in use now. */
  onAnswered(listener: () => void): () => void;
  /** Hears for how many milliseconds a request waits until Clerk is asked, and why. */
  onWait(listener: (milliseconds: number, what: Waiting) => void): () => void;
}

export const wailsEvents: Events = {
  onLocked: (listener) => EventsOn("locked", listener),
  onClosing: (listener) => EventsOn("closing", listener),
  onAction: (listener) => EventsOn("action", (action: unknown) => listener(String(action))),
  onAsked: (listener) =>
    EventsOn("asked", (told: unknown) => {
      const [id = "", kind, host = "", path = ""] = String(told).split(" ");
      if (kind === "changes" || kind === "path" || kind === "connection")
        listener({ id, kind, place: { host, path } });
      if (kind === "show") listener({ id, kind });
    }),
  onAnswered: (listener) => EventsOn("answer", listener),
  onWait: (listener) =>
    EventsOn("wait", (told: unknown) => {
      const [what, milliseconds] = String(told).split(" ");
      listener(Number(milliseconds), what === "limit" || what === "clerk" ? what : "retry");
    }),
};

/** Hears the percentages of the export that runs under that request id. */
export function onExport(requestID: string, listener: (percent: number) => void): () => void {
  return EventsOn("export", (told: unknown) => {
    const [exporting, percent] = String(told).split(" ");
    if (exporting === requestID) listener(Number(percent));
  });
}
