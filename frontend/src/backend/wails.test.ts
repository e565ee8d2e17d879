import { beforeEach, describe, expect, test, vi } from "vitest";
import { everything } from "./history";
import { Failure } from "./problem";
import { createWailsBackend } from "./wails";

/** Stands in for what Wails puts on the window. */
const app = {
  Start: vi.fn<() => Promise<unknown>>(),
  SelectInstance: vi.fn<(requestID: string, id: string) => Promise<unknown>>(),
  ListUsers: vi.fn<(request: { requestID: string }) => Promise<unknown>>(),
  ListLive: vi.fn<() => Promise<unknown>>(),
  MoveInstance: vi.fn<(id: string, by: number) => Promise<unknown>>(),
  ExportHistory: vi.fn<(requestID: string) => Promise<string>>(),
  Cancel: vi.fn<(requestID: string) => Promise<void>>(),
};

const view = { query: "", sort: "created_at", descending: true, pinnedAt: 0 };
const request = { view, index: 0, afterID: "", beforeID: "", total: -1 };

beforeEach(() => {
  vi.resetAllMocks();
  app.Cancel.mockResolvedValue();
  Object.assign(window, { go: { main: { App: app } } });
});

describe("the Wails backend", () => {
  test("turns a rejection into a Failure with Go's problem", async () => {
    app.ListLive.mockRejectedValue(
      new Error('{"code":"clerk_timeout","message":"Clerk did not answer in time."}'),
    );
    const failure = await createWailsBackend()
      .listLive()
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ problem: { code: "clerk_timeout" } });
  });

  test("turns a window without Go into a Failure as well", async () => {
    Object.assign(window, { go: undefined });
    await expect(createWailsBackend().start()).rejects.toMatchObject({ problem: { code: "internal" } });
  });

  test("hands over what it was called with, after the request id where there is one", async () => {
    app.MoveInstance.mockResolvedValue([]);
    app.SelectInstance.mockResolvedValue({});
    app.ListUsers.mockResolvedValue({});
    const backend = createWailsBackend();
    const { signal } = new AbortController();
    await backend.moveInstance("ins_1", -1);
    await backend.selectInstance("ins_1", signal);
    await backend.listUsers(request, signal);
    expect(app.MoveInstance.mock.calls).toEqual([["ins_1", -1]]);
    expect(app.SelectInstance.mock.calls).toEqual([[expect.any(String), "ins_1"]]);
    expect(app.ListUsers.mock.calls).toMatchObject([[request]]);
  });

  test("takes the start that the page has asked for already, and asks again after that", async () => {
    app.Start.mockResolvedValue({ version: "asked again" });
    Object.assign(window, { understudyStart: Promise.resolve({ version: "asked first" }) });
    const backend = createWailsBackend();
    await expect(backend.start()).resolves.toEqual({ version: "asked first" });
    await expect(backend.start()).resolves.toEqual({ version: "asked again" });
  });

  test("names each request differently", async () => {
    app.ListUsers.mockResolvedValue({ rows: [] });
    const backend = createWailsBackend();
    const { signal } = new AbortController();
    await Promise.all([backend.listUsers(request, signal), backend.listUsers(request, signal)]);
    const [first, second] = app.ListUsers.mock.calls;
    expect(first?.[0].requestID).not.toBe(second?.[0].requestID);
  });

  test("an abort rejects at once and stops Go by the name of the request", async () => {
    app.ListUsers.mockReturnValue(new Promise(() => undefined));
    const controller = new AbortController();
    const listing = createWailsBackend().listUsers(request, controller.signal);
    controller.abort();
    await expect(listing).rejects.toMatchObject({ problem: { code: "canceled" } });
    expect(app.Cancel).toHaveBeenCalledExactlyOnceWith(app.ListUsers.mock.calls[0]?.[0].requestID);
  });

  test("an abort of a switch stops Go, which says itself what became of it", async () => {
    const connection = { instance: { id: "ins_1" } };
    const go: { answer?: (connection: unknown) => void } = {};
    app.SelectInstance.mockReturnValue(
      new Promise((resolve) => {
        go.answer = resolve;
      }),
    );
    const controller = new AbortController();
    const selecting = createWailsBackend().selectInstance("ins_1", controller.signal);
    controller.abort();
    expect(app.Cancel).toHaveBeenCalledExactlyOnceWith(app.SelectInstance.mock.calls[0]?.[0]);
    go.answer?.(connection); // the abort came too late
    await expect(selecting).resolves.toBe(connection);
  });

  test("an export hears its own progress, and no longer than it runs", async () => {
    const heard = new Map<string, (told: string) => void>();
    Object.assign(window, {
      runtime: {
        EventsOnMultiple: (name: string, listener: (told: string) => void) => {
          heard.set(name, listener);
          return () => heard.delete(name);
        },
      },
    });
    const written = new EventTarget();
    app.ExportHistory.mockReturnValue(
      new Promise((resolve) => {
        written.addEventListener("end", () => resolve("/home/maya/history.csv"));
      }),
    );
    const progress: number[] = [];
    const exporting = createWailsBackend().exportHistory(
      { format: "csv", narrowed: false, filter: everything },
      new AbortController().signal,
      (percent) => progress.push(percent),
    );
    const id = app.ExportHistory.mock.calls[0]?.[0];
    heard.get("export")?.(`${id} 40`);
    heard.get("export")?.("another 70");
    heard.get("export")?.(`${id} 100`);
    written.dispatchEvent(new Event("end"));
    await expect(exporting).resolves.toBe("/home/maya/history.csv");
    expect(progress).toEqual([40, 100]);
    expect([...heard.keys()]).toEqual([]);
  });

  test("a call that was aborted before is not made at all", async () => {
    await expect(createWailsBackend().listUsers(request, AbortSignal.abort())).rejects.toBeInstanceOf(
      Failure,
    );
    expect(app.ListUsers).not.toHaveBeenCalled();
  });

  test("an abort after the answer stops nothing", async () => {
    app.ListUsers.mockResolvedValue({ rows: [] });
    const controller = new AbortController();
    await createWailsBackend().listUsers(request, controller.signal);
    controller.abort();
    expect(app.Cancel).not.toHaveBeenCalled();
  });
});
