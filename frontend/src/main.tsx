import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { stayHere } from "./app/stayHere";
import { createQueryClient, startQuery } from "./backend/queries";
import { createWailsBackend } from "./backend/wails";
import "./ui/styles.css";

stayHere(document);

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element #root");
const backend = createWailsBackend();
const queries = createQueryClient();
// There is nothing to show before: what the engine draws first, it draws for the first time, at its slowest.
void queries.prefetchQuery(startQuery(backend)).then(() =>
  createRoot(root).render(
    <StrictMode>
      <App backend={backend} queries={queries} />
    </StrictMode>,
  ),
);
