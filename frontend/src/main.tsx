import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { startQuery } from "./app/queries";
import { stayHere } from "./app/stayHere";
import { createWailsBackend } from "./backend/wails";
import { FirstPaint } from "./ui/AfterFirstPaint";
import { createQueryClient } from "./workspace/queryClient";
import "./ui/styles.css";

stayHere(document);

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element #root");
const backend = createWailsBackend();
const queries = createQueryClient();
// Nothing can be shown before Go has said what, and an engine that starts takes its time even for nothing.
void queries.prefetchQuery(startQuery(backend)).then(() =>
  createRoot(root).render(
    <StrictMode>
      <FirstPaint>
        <App backend={backend} queries={queries} />
      </FirstPaint>
    </StrictMode>,
  ),
);
