import { QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test, vi } from "vitest";
import { ActionProvider } from "@/actions/ActionProvider";
import { BackendProvider } from "@/backend/BackendProvider";
import type { Backend } from "@/backend/backend";
import { createMemoryBackend, type MemoryBackend } from "@/backend/memory/memory";
import type { Settings } from "@/backend/settings";
import { ToastProvider } from "@/ui/Toast";
import { settingsQuery } from "@/workspace/queries";
import { createQueryClient } from "@/workspace/queryClient";
import { Appearance } from "./appearance";
import { ZoomKeys } from "./ZoomKeys";

/** In a window that has read the settings. */
function showZoomKeys(backend: Backend, settings: Settings) {
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
  return queries;
}

const shown = () => document.documentElement.style.fontSize;

/** Returns the changes that were made, oldest first. */
function saved({ calls }: MemoryBackend): unknown[] {
  return calls.flatMap(([method, changed]) => (method === "changeSettings" ? [changed] : []));
}

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
    const settings = await backend.changeSettings({ zoom: from });
    showZoomKeys(backend, settings);
    await userEvent.keyboard(`{Control>}${key}{/Control}`);
    await expect.poll(() => saved(backend).slice(1)).toEqual([{ zoom: to }]);
    await expect.poll(shown).toBe(`${to}%`);
  });

  test("each of several presses counts, however long it takes to keep one", async () => {
    const backend = createMemoryBackend();
    const settings = await backend.getSettings();
    showZoomKeys(backend, settings);
    const keep = backend.hold("changeSettings");
    await userEvent.keyboard("{Control>}+++-{/Control}");
    await expect.poll(shown).toBe("120%");
    keep();
    const zooms = [110, 120, 130, 120];
    await expect.poll(() => saved(backend)).toEqual(zooms.map((zoom) => ({ zoom })));
    await expect.poll(async () => (await backend.getSettings()).zoom).toBe(120);
    expect(shown()).toBe("120%");
  });

  test("settings that are read late take nothing back", async () => {
    const backend = createMemoryBackend();
    const before = await backend.getSettings();
    const late: { answer?: () => void } = {};
    const getSettings = vi.fn<Backend["getSettings"]>(() => backend.getSettings());
    getSettings.mockReturnValueOnce(new Promise((resolve) => (late.answer = () => resolve(before))));
    const queries = showZoomKeys({ ...backend, getSettings }, before);
    void queries.invalidateQueries(settingsQuery(backend));
    await userEvent.keyboard("{Control>}+{/Control}");
    await expect.poll(() => saved(backend)).toEqual([{ zoom: 110 }]);
    late.answer?.();
    await expect.poll(() => queries.isFetching() + queries.isMutating()).toBe(0);
    expect(shown()).toBe("110%");
  });
});
