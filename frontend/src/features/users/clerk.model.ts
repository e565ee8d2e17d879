// A directory for property tests: it answers pages as the Go side does (by
// cursor behind or before a known row and from the other end past the middle, both
// in creation order only, else by offset), when and in the order that the test says.

import { Failure, type Problem } from "@/backend/problem";
import type { UserRow, UsersPage, UsersRequest, View } from "@/backend/users";
import { pageSize } from "./pages";

interface Person {
  id: string;
  createdAt: number;
  /** Undefined: never. */
  lastSignInAt: number | undefined;
}

/** One in so many has not signed in yet. */
const newcomers = 4;

interface Call {
  request: UsersRequest;
  resolve: (page: UsersPage) => void;
  reject: (error: Error) => void;
}

export const busy: Problem = {
  code: "clerk_busy",
  message: "Clerk is busy.",
  next: "It asks to wait a moment.",
  retry: true,
  traceID: "",
  retryAfterMS: 4000,
  request: "",
  status: 0,
  call: "",
};

export class ClerkModel {
  people: Person[] = [];
  /** Calls that are neither answered nor cancelled, oldest first. */
  calls: Call[] = [];
  mostCalls = 0;
  /** Changes every answer, to make the directory misbehave. */
  rewrite = (page: UsersPage): UsersPage => page;
  asked = 0;
  #clock = 1;

  constructor(count: number) {
    for (let i = 0; i < count; i++) this.insert();
  }

  readonly source = {
    listUsers: (request: UsersRequest, signal: AbortSignal): Promise<UsersPage> => {
      this.asked++;
      return new Promise<UsersPage>((resolve, reject) => {
        const call = { request, resolve, reject };
        this.calls.push(call);
        this.mostCalls = Math.max(this.mostCalls, this.calls.length);
        signal.addEventListener("abort", () => {
          this.calls = this.calls.filter((other) => other !== call);
          reject(new Failure({ ...busy, code: "canceled" }));
        });
      });
    },
  };

  insert(): void {
    this.#clock++;
    const lastSignInAt = this.#clock % newcomers === 0 ? undefined : this.#clock;
    this.people.push({ id: `user_${this.#clock}`, createdAt: this.#clock, lastSignInAt });
  }

  remove(nth: number): void {
    this.people.splice(nth % Math.max(1, this.people.length), 1);
  }

  signIn(nth: number): void {
    const person = this.people[nth % Math.max(1, this.people.length)];
    if (person !== undefined) person.lastSignInAt = ++this.#clock;
  }

  /** The ids of a view now, in order. */
  ids(view: View): string[] {
    return this.#members(view).map(({ id }) => id);
  }

  count(view: View): number {
    return this.#members(view).length;
  }

  /** Answers one of the calls under way; the promise settles after a microtask. */
  async answer(nth: number): Promise<void> {
    const call = this.#takeCall(nth);
    call?.resolve(this.rewrite(this.#page(call.request)));
    await settled();
  }

  async fail(nth: number): Promise<void> {
    this.#takeCall(nth)?.reject(new Failure(busy));
    await settled();
  }

  async answerAll(): Promise<void> {
    for (let guard = 0; this.calls.length > 0; guard++) {
      if (guard > 60) throw new Error("The loader never stops asking.");
      await this.answer(0);
    }
  }

  #takeCall(nth: number): Call | undefined {
    return this.calls.splice(nth % Math.max(1, this.calls.length), 1)[0];
  }

  #members({ sort, descending, pinnedAt }: View): Person[] {
    const key = sort === "created_at" ? "createdAt" : "lastSignInAt";
    const members = this.people.filter(({ createdAt }) => pinnedAt === 0 || createdAt < pinnedAt);
    // Users who never signed in come last in both directions.
    members.sort((a, b) => {
      const [x, y] = [a[key], b[key]];
      if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
      return descending ? y - x : x - y;
    });
    return members;
  }

  #page({ view, index, afterID, beforeID, total }: UsersRequest): UsersPage {
    const pinnedAt = view.pinnedAt === 0 ? this.#clock + 1 : view.pinnedAt;
    const members = this.#members({ ...view, pinnedAt });
    const isPlaced = view.sort !== "created_at";
    const answer = (start: number, end: number, last: boolean, known: number): UsersPage => ({
      pinnedAt,
      index,
      rows: members.slice(start, end).map(row),
      last,
      total: known,
      aboveID: isPlaced ? (members[start - 1]?.id ?? "") : "",
      belowID: isPlaced ? (members[end]?.id ?? "") : "",
    });
    if (view.sort === "created_at" && afterID === "" && beforeID !== "") {
      const end = this.#before(members, beforeID, view);
      return answer(Math.max(0, end - pageSize), end, false, -1);
    }
    if (view.sort === "created_at" && afterID === "" && total > index && index > total / 2) {
      const start = members.length - (total - index);
      const end = start + Math.min(pageSize, total - index);
      return answer(Math.max(0, start), Math.max(0, end), end >= members.length, -1);
    }
    const start = view.sort === "created_at" && afterID !== "" ? this.#behind(members, afterID, view) : index;
    const end = start + pageSize;
    const last = isPlaced ? end >= members.length : end > members.length;
    const length = Math.max(0, members.length - start);
    return answer(start, end, last, last && (length > 0 || index === 0) ? index + length : -1);
  }

  /** Where the rows before a user end, also if the user was deleted since. */
  #before(members: Person[], id: string, { descending }: View): number {
    const createdAt = Number(id.slice("user_".length));
    const end = members.findIndex((other) =>
      descending ? other.createdAt <= createdAt : other.createdAt >= createdAt,
    );
    return end < 0 ? members.length : end;
  }

  /** Where the rows behind a user begin, also if the user was deleted since. */
  #behind(members: Person[], id: string, { descending }: View): number {
    const createdAt = Number(id.slice("user_".length));
    const start = members.findIndex((other) =>
      descending ? other.createdAt < createdAt : other.createdAt > createdAt,
    );
    return start < 0 ? members.length : start;
  }
}

function row({ id }: Person): UserRow {
  return {
    id,
    name: id,
    email: "",
    contact: "",
    username: "",
    initials: "",
    picture: "",
    lastSignInAt: "",
    createdAt: "",
    banned: false,
    locked: false,
    deprovisioned: false,
    lastSignInUnread: false,
    self: false,
    unreadable: false,
  };
}

/** Lets the reactions to settled promises run. */
async function settled(): Promise<void> {
  for (let i = 0; i < 4; i++) await Promise.resolve();
}
