import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { stayHere } from "./app/stayHere";
import { createWailsBackend } from "./backend/wails";
import "./ui/styles.css";

stayHere(document);

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element #root");
createRoot(root).render(
  <StrictMode>
    <App backend={createWailsBackend()} />
  </StrictMode>,
);
