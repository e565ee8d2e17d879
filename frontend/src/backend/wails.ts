/** The backend of the real program. */
import * as App from "../../wailsjs/go/main/App";
import type { Backend } from "./backend";
import { answer, createCalls, stop, stoppable } from "./calls";
import { onExport, wailsEvents } from "./events";
import type { Start } from "./instances";

declare global {
  interface Window {
    /** The call that public/start.js made, until it is taken. */
    understudyStart?: Promise<Start> | undefined;
  }
}

export function createWailsBackend(): Backend {
  return {
    ...createCalls(),
    ...wailsEvents,
    start: () => answer(start),
    exportHistory: (request, signal, onProgress) =>
      stop(signal, stoppable.ExportHistory, (requestID) => {
        const deafen = onExport(requestID, (percent) => onProgress?.(percent));
        return App.ExportHistory(requestID, request).finally(deafen);
      }),
  };
}

/** Returns the answer to the call that the page made already, or calls Go. */
function start(): Promise<Start> {
  const asked = window.understudyStart ?? App.Start();
  window.understudyStart = undefined;
  return asked;
}
