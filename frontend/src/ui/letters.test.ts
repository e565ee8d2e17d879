import { afterEach, expect, test, vi } from "vitest";
import { readLetters } from "./letters";

afterEach(() => void Reflect.deleteProperty(document, "fonts"));

function face(family: string) {
  return { family, load: vi.fn<() => Promise<void>>(() => Promise.reject(new Error("no file"))) };
}

test("all files of the interface's font are read, and one that is missing does no harm", async () => {
  const [latin, greek, other] = [
    face("Inter Variable"),
    face('"Inter Variable"'),
    face("JetBrains Mono Variable"),
  ];
  Object.defineProperty(document, "fonts", { value: [latin, greek, other], configurable: true });
  readLetters();
  await Promise.resolve();
  expect([latin, greek, other].map(({ load }) => load.mock.calls.length)).toEqual([1, 1, 0]);
});
