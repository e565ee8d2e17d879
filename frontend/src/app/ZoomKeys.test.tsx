import { QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { ActionProvider } from "@/actions/ActionProvider";
import { BackendProvider } from "@/backend/BackendProvider";
import { createMemoryBackend } from "@/backend/memory/memory";
import { createQueryClient, settingsQuery } from "@/backend/queries";
import { ToastProvider } from "@/ui/Toast";
import { Appearance } from "./appearance";
import { ZoomKeys } from "./ZoomKeys";

describe("zooming", () => {
  test.each<[key: string, from: number, to: number]>([
    ["+", 100, 110],
    ["=", 100, 110],
    ["+", 190, 200],
    ["+", 200, 200],
    ["-", 100, 90],
    ["-", 90, 80],
    ["-", 80, 80],
    ["0", 200, 100],
    ["0", 80, 100],
  ])("Ctrl and %s leads from %i to %i %", async (key, from, to) => {
    const backend = createMemoryBackend();
    const settings = await backend.saveSettings({ ...(await backend.getSettings()), zoom: from });
    const queries = createQueryClient();
    queries.setQueryData(settingsQuery(backend).queryKey, settings);
    render(
      <BackendProvider backend={backend}>
        <ActionProvider>
          <QueryClientProvider client={queries}>
            <Appearance environment={undefined} />
            <ToastProvider>
              <ZoomKeys />
            </ToastProvider>
          </QueryClientProvider>
        </ActionProvider>
      </BackendProvider>,
    );
    const saved = () => backend.calls.filter(([method]) => method === "saveSettings");
    await userEvent.keyboard(`{Control>}${key}{/Control}`);
    await expect.poll(saved).toHaveLength(2);
    expect(saved().at(-1)?.[1]).toEqual({ ...settings, zoom: to });
    await expect.poll(() => document.documentElement.style.fontSize).toBe(`${to}%`);
  });
});
