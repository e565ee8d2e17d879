import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Impersonation, Watching } from "@/backend/impersonations";
import { watched } from "@/backend/memory/watching";
import { ModeAloud } from "./ModeAloud";

const now = Date.parse("2026-11-22T13:03:00Z");
const at = (seconds: number) => new Date(now + seconds * 1000).toISOString();

const item: Impersonation = {
  id: "imp_1",
  userID: "user_1",
  userName: "Ingrid Solheim",
  userEmail: "",
  reason: "",
  reference: "",
  state: "live",
  waiting: [],
  ended: "",
  browser: "chrome",
  createdAt: at(-10),
  linkExpiresAt: at(-5),
  sessionEndsAt: at(1800),
  idleEndsAt: "",
  lastActiveAt: "",
  endedAt: "",
  watching: watched,
};

const said = () =>
  screen
    .getAllByRole("status")
    .map(({ textContent }) => textContent.replaceAll(/[\u2066-\u2069]/g, ""))
    .filter(Boolean);
const pass = (seconds: number) => act(() => void vi.advanceTimersByTime(seconds * 1000));
const shown = (watching: Partial<Watching>) => (
  <ModeAloud item={{ ...item, watching: { ...watched, ...watching } }} name="Ingrid Solheim" />
);

beforeEach(() => void vi.useFakeTimers({ now }));
afterEach(() => void vi.useRealTimers());

test("how much was held back is said at most once in 10 s", () => {
  const { rerender } = render(shown({ heldBackAll: 1 }));
  expect(said()).toEqual([]);
  rerender(shown({ heldBackAll: 2 }));
  expect(said()).toEqual(["Ingrid Solheim: 2 held back"]);
  rerender(shown({ heldBackAll: 4 }));
  pass(9);
  expect(said()).toEqual(["Ingrid Solheim: 2 held back"]);
  pass(2);
  expect(said()).toEqual(["Ingrid Solheim: 4 held back"]);
});

test("changes are told of when they begin, with a minute left, and when they are over", () => {
  const { rerender } = render(shown({}));
  const changes = { mode: "allow_changes", changesUntil: at(62) };
  rerender(shown(changes));
  expect(said()).toEqual(["Changes allowed: Ingrid Solheim"]);
  pass(2);
  expect(said()).toEqual(["Changes as Ingrid Solheim: 1 minute left"]);
  pass(60);
  rerender(shown({}));
  expect(said()).toEqual(["View only again: Ingrid Solheim"]);
});
