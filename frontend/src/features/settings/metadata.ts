/** Metadata as it is typed: "role=admin", one for each value. */
import type { Metadata } from "@/backend/settings";

/** People put these around a value; no user has a value with them. */
const quotes = /^["'“”„‘’«»]+|["'“”„‘’«»]+$/g;

export function linesOf(metadata: Metadata): string[] {
  return Object.keys(metadata)
    .toSorted()
    .flatMap((name) => (metadata[name] ?? []).map((value) => `${name}=${value}`));
}

/** A line without a value gives an empty one, which Go refuses. */
export function metadataOf(lines: readonly string[]): Metadata {
  const found = new Map<string, string[]>();
  for (const line of lines) {
    const [name = "", ...rest] = line.split("=");
    const value = rest.join("=").trim().replaceAll(quotes, "").trim();
    found.set(name.trim(), [...(found.get(name.trim()) ?? []), value]);
  }
  return Object.fromEntries(found);
}
