import { act, screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { createMemoryBackend, type MemoryBackend } from "@/backend/memory/memory";
import { showApp } from "@/testing/open";

async function close(backend: MemoryBackend) {
  const { user } = showApp(backend);
  await screen.findByRole("region", { name: "Live impersonations" });
  act(() => backend.close());
  await screen.findByRole("dialog", { name: "3 impersonations are still running" });
  return user;
}

const answers = (backend: MemoryBackend) =>
  backend.calls.filter(([method]) => method === "quit" || method === "stayOpen");

describe("closing the window while something runs", () => {
  test.each([
    ["Keep them running", [["quit", false]]],
    ["End all and close", [["quit", true]]],
    ["Cancel", [["stayOpen"]]],
  ])("%s", async (name, expected) => {
    const backend = createMemoryBackend({ busy: true });
    const user = await close(backend);
    await user.click(screen.getByRole("button", { name }));
    expect(answers(backend)).toEqual(expected);
  });

  test("Esc means no", async () => {
    const backend = createMemoryBackend({ busy: true });
    const user = await close(backend);
    await user.keyboard("{Escape}");
    expect(answers(backend)).toEqual([["stayOpen"]]);
    await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
  });

  test("an impersonation that could not be ended keeps the dialog open, which says so", async () => {
    const memory = createMemoryBackend({ busy: true });
    const backend: MemoryBackend = {
      ...memory,
      quit: async (endAll) => ({ ...(await memory.quit(endAll)), failed: 1 }),
    };
    const user = await close(backend);
    await user.click(screen.getByRole("button", { name: "End all and close" }));
    expect((await screen.findByRole("alert")).textContent).toContain("1 could not be ended");
  });
});
