import { beforeEach, describe, expect, test, vi } from "vitest";
import { ActionBus } from "./bus";

describe("the action bus", () => {
  let time = 0;
  let bus: ActionBus;
  const screen = vi.fn<() => void>();
  const dialog = vi.fn<() => void>();

  beforeEach(() => {
    vi.resetAllMocks();
    time = 0;
    bus = new ActionBus(() => time);
  });

  test("asks the handler that came last", () => {
    bus.add("impersonate", screen);
    const remove = bus.add("impersonate", dialog);
    expect(bus.dispatch("impersonate")).toBe(true);
    expect(dialog).toHaveBeenCalledOnce();
    expect(screen).not.toHaveBeenCalled();

    remove();
    time = 1000;
    bus.dispatch("impersonate");
    expect(screen).toHaveBeenCalledOnce();
  });

  test("takes a double within 100 ms for one", () => {
    bus.add("live", screen);
    bus.dispatch("live", "key");
    time = 99;
    expect(bus.dispatch("live", "menu")).toBe(true);
    expect(screen).toHaveBeenCalledOnce();
    time = 199;
    bus.dispatch("live", "menu");
    expect(screen).toHaveBeenCalledTimes(2);
  });

  test("takes two quick presses of a key for two", () => {
    bus.add("nextPane", screen);
    bus.dispatch("nextPane", "key");
    bus.dispatch("nextPane", "key");
    expect(screen).toHaveBeenCalledTimes(2);
  });

  test("does not take two different actions for a double", () => {
    bus.add("live", screen);
    bus.add("users", dialog);
    bus.dispatch("live");
    bus.dispatch("users");
    expect(dialog).toHaveBeenCalledOnce();
  });

  test("leaves alone what nobody handles", () => {
    expect(bus.dispatch("search")).toBe(false);
    expect(bus.handler("search")).toBeUndefined();
  });

  test("a modal dialog keeps actions from the screen below, but not zooming", () => {
    bus.add("users", screen);
    bus.add("zoomIn", screen);
    const unblock = bus.block();
    expect(bus.dispatch("users")).toBe(false);
    expect(bus.dispatch("zoomIn")).toBe(true);
    expect(screen).toHaveBeenCalledOnce();

    unblock();
    expect(bus.dispatch("users")).toBe(true);
  });
});

describe("an action that cannot be done", () => {
  test("says why, and is none for who asks what can be done", () => {
    const bus = new ActionBus(() => 0);
    const explain = vi.fn<() => void>();
    const act = vi.fn<() => void>();
    const remove = bus.addIdle("impersonate", explain);
    expect(bus.handler("impersonate")).toBeUndefined();
    expect(bus.dispatch("impersonate", "key")).toBe(true);
    expect(explain).toHaveBeenCalledOnce();

    const stop = bus.add("impersonate", act);
    const later = bus.addIdle("impersonate", explain);
    bus.dispatch("impersonate", "key");
    expect(act).toHaveBeenCalledOnce();
    expect(explain).toHaveBeenCalledOnce();
    stop();
    later();
    remove();
    expect(bus.dispatch("impersonate", "key")).toBe(false);
  });

  test("says nothing under a dialog", () => {
    const bus = new ActionBus(() => 0);
    const explain = vi.fn<() => void>();
    const close = bus.block();
    bus.addIdle("copyID", explain)();
    bus.dispatch("copyID", "key");
    expect(explain).not.toHaveBeenCalled();
    close();
  });
});
