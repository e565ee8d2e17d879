import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { SearchField } from "./SearchField";

/** Sends the field an event that came at a time of the clock of performance. */
function send(kind: "keyDown" | "input", at: number, init: object): void {
  const stamped = vi.spyOn(Event.prototype, "timeStamp", "get").mockReturnValue(at);
  fireEvent[kind](screen.getByRole("searchbox"), init);
  stamped.mockRestore();
}

test.each([
  ["of the key, though the engine was busy before it changed the text", 1_000, 1_060, 1_000],
  ["of the change, if no key led to it", 1_000, 9_000, 9_000],
])("a change is told with the time %s", (_, pressed, changed, told) => {
  const changes = vi.fn<(value: string, at: number) => void>();
  render(<SearchField label="Search" value="" onChange={changes} />);
  send("keyDown", pressed, { key: "n" });
  send("input", changed, { target: { value: "n" } });
  expect(changes.mock.calls).toEqual([["n", told]]);
});
