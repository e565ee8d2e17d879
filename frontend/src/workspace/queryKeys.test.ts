import { expect, test } from "vitest";

const sources = import.meta.glob<string>("../**/*.{ts,tsx}", {
  query: "?raw",
  import: "default",
  eager: true,
});

const literal = /(query|mutation)Key\s*[:=]\s*\[|Query(Data|State)(<[^>]*>)?\(\s*\[/;

test("a query key is spelled in a queries file only", () => {
  const others = Object.entries(sources).filter(([file]) => !file.endsWith("/queries.ts"));
  expect(others.length).toBeGreaterThan(100);
  const spelled = others.filter(([, text]) => literal.test(text)).map(([file]) => file);
  expect(spelled).toEqual([]);
});
