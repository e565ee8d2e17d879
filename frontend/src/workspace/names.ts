/**
 * Names of users of whom only the id is kept. Clerk counts requests, so the users in
 * sight are asked for together when the list has come to rest. A request asks for a
 * hundred at most, and one request follows the other.
 */
import type { QueryClient } from "@tanstack/react-query";
import type { Backend } from "@/backend/backend";

type Source = Pick<Backend, "getUserNames">;

/** The most ids that Clerk takes in one request. */
const together = 100;

/** For so long more ids are waited for, in milliseconds. */
const rest = 50;

interface Asked {
  readonly id: string;
  readonly resolve: (name: string) => void;
  readonly reject: (reason: unknown) => void;
}

export class Names {
  readonly #source: Source;
  readonly #asked = new Set<Asked>();
  #underWay: { readonly asked: Set<Asked>; readonly abort: AbortController } | undefined;
  #isResting = false;

  constructor(source: Source) {
    this.#source = source;
  }

  /** The name of a user, "" for nobody. Once aborted it is not asked for any more. */
  find(id: string, signal: AbortSignal): Promise<string> {
    return new Promise((resolve, reject) => {
      const asked = { id, resolve, reject };
      this.#asked.add(asked);
      signal.addEventListener("abort", () => this.#drop(asked, signal.reason), { once: true });
      if (this.#isResting) return;
      this.#isResting = true;
      setTimeout(() => {
        this.#isResting = false;
        if (this.#underWay === undefined) void this.#ask();
      }, rest);
    });
  }

  #drop(asked: Asked, reason: unknown): void {
    this.#asked.delete(asked);
    const batch = this.#underWay;
    if (batch?.asked.delete(asked) && batch.asked.size === 0) batch.abort.abort();
    asked.reject(reason);
  }

  async #ask(): Promise<void> {
    const ids = [...new Set([...this.#asked].map(({ id }) => id))].slice(0, together);
    if (ids.length === 0) return;
    const asked = new Set([...this.#asked].filter(({ id }) => ids.includes(id)));
    const abort = new AbortController();
    this.#underWay = { asked, abort };
    for (const one of asked) this.#asked.delete(one);
    try {
      const found = await this.#source.getUserNames(ids, abort.signal);
      const names = new Map(found.map(({ id, name }) => [id, name]));
      for (const { id, resolve } of asked) resolve(names.get(id) ?? "");
    } catch (failure) {
      for (const { reject } of asked) reject(failure);
    }
    this.#underWay = undefined;
    await this.#ask();
  }
}

/** One for each instance, as the query clients are. */
const ofClient = new WeakMap<QueryClient, Names>();

export function namesOf(client: QueryClient, backend: Backend): Names {
  const names = ofClient.get(client) ?? new Names(backend);
  ofClient.set(client, names);
  return names;
}
