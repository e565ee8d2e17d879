import { expect, test } from "vitest";
import { createCalls } from "../calls";
import { expected, play } from "../conformance/script";
import { createMemoryBackend } from "./memory";

test("the memory backend answers every call as Go does", async () => {
  const backend = createMemoryBackend({
    connected: false,
    identified: false,
    environment: "development",
    history: 0,
  });
  const needKeychain = [
    "connectFromClipboard",
    "connectFromFile",
    "keepKeyInNewKeyring",
    "compareHead",
    "acceptHistory",
  ] as const;
  for (const method of needKeychain) backend.fail(method, { code: "keychain_absent" });
  expect(await play(backend)).toEqual(expected);
  const called = new Set(backend.calls.map(([method]) => method));
  expect([...called].toSorted()).toEqual(Object.keys(createCalls()).toSorted());
});
