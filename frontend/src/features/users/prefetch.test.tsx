import { act, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { renderUsers, row, type Shown } from "./renderUsers";

/** Returns the names of the users whose details were asked for. */
function asked({ backend }: Shown): (string | undefined)[] {
  return backend.calls
    .filter(([method]) => method === "getUser")
    .map(([, id]) => backend.users.find((user) => user.id === id)?.name);
}

const rest = (milliseconds: number): void => act(() => void vi.advanceTimersByTime(milliseconds));

afterEach(() => {
  vi.useRealTimers();
});

test("the details of the user under a resting pointer are fetched ahead, those of users it passes are not", async () => {
  const shown = await renderUsers();
  const [noor, tomas, wei] = [await row("Noor Haddad"), await row("Tomás Ferreira"), await row("Wei Zhang")];
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  for (const passed of [noor, tomas, wei]) {
    rest(149);
    fireEvent.mouseOver(passed);
  }
  rest(149);
  expect(asked(shown)).toEqual([]);
  rest(1);
  expect(asked(shown)).toEqual(["Wei Zhang"]);
  fireEvent.mouseOver(noor);
  fireEvent.mouseLeave(screen.getByRole("grid"));
  rest(1000);
  expect(asked(shown)).toEqual(["Wei Zhang"]);
});

test("with the panel closed, who the keyboard rests on is fetched ahead, not who it passes", async () => {
  const shown = await renderUsers();
  await row("Noor Haddad");
  const grid = screen.getByRole("grid");
  fireEvent.keyDown(grid, { key: " " });
  expect(screen.queryByRole("complementary", { name: "Details" })).toBeNull();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  act(() => grid.focus());
  for (let passed = 0; passed < 3; passed++) {
    rest(149);
    fireEvent.keyDown(grid, { key: "ArrowDown" });
  }
  rest(149);
  expect(asked(shown)).toEqual([]);
  rest(1);
  expect(asked(shown)).toEqual(["Wei Zhang"]);
  fireEvent.keyDown(grid, { key: " " });
  rest(1000);
  expect(screen.getByRole("complementary", { name: "Details" }).textContent).toContain("Wei Zhang");
  expect(asked(shown)).toEqual(["Wei Zhang"]);
});
