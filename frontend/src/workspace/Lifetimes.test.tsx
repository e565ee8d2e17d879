import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Impersonation } from "@/backend/impersonations";
import { unwatched } from "@/backend/memory/watching";
import { Lifetimes } from "./Lifetimes";

const now = Date.parse("2026-11-22T13:03:00Z");
const inSeconds = (seconds: number) => new Date(now + seconds * 1000).toISOString();

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
  browser: "default",
  createdAt: inSeconds(-10),
  linkExpiresAt: inSeconds(62),
  sessionEndsAt: inSeconds(62),
  idleEndsAt: "",
  lastActiveAt: "",
  endedAt: "",
  watching: unwatched,
};

const said = () => screen.getByRole("status").textContent.replaceAll(/[\u2066-\u2069]/g, "");

const pass = (seconds: number) => act(() => void vi.advanceTimersByTime(seconds * 1000));

beforeEach(() => void vi.useFakeTimers({ now }));
afterEach(() => void vi.useRealTimers());

test.each([
  ["pending", "Link for Ingrid Solheim"],
  ["live", "Session as Ingrid Solheim"],
])("of a %s one it is said which lifetime has a minute left, and is over", (state, label) => {
  render(<Lifetimes items={[{ ...item, state }]} nameOf={({ userName }) => userName} />);
  expect(said()).toBe("");
  pass(2);
  expect(said()).toBe(`${label}: 1 minute left`);
  pass(10);
  expect(said()).toBe("");
  pass(50);
  expect(said()).toBe(`${label}: expired`);
});
