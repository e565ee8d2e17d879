/** The stand-in for Clerk, as a test sets and reads it. */
import { type Running, setting, start } from "./processes";

/** How things stand at Clerk; see internal/emulator/scene.go. */
interface Scene {
  /** Of each answer, in nanoseconds. */
  latency?: number;
  plan_lacks_impersonation?: boolean;
  monthly_limit?: number;
  organizations_off?: boolean;
  extremes?: boolean;
}

/** An answer to break; see internal/emulator/faults.go. */
interface Fault {
  kind: string;
  method?: string;
  path?: string;
  times?: number;
  status?: number;
  code?: string;
  retry_after?: string;
}

interface LoggedRequest {
  method: string;
  path: string;
  query: Record<string, string[]>;
}

export interface Session {
  user_id: string;
  status: string;
  actor: Record<string, unknown> | null;
}

export class Clerk {
  private readonly running: Running;

  private constructor(running: Running) {
    this.running = running;
  }

  static async start(): Promise<Clerk> {
    const args = ["-listen", "127.0.0.1:0", "-seed", "1"];
    return new Clerk(await start(setting("UNDERSTUDY_E2E_EMULATOR"), args, process.env));
  }

  get apiURL(): string {
    return `${this.running.address}/v1`;
  }

  end(): Promise<void> {
    return this.running.end();
  }

  setScene(scene: Scene): Promise<void> {
    return this.control("PATCH", "scene", scene);
  }

  breakAnswers(fault: Fault): Promise<void> {
    return this.control("POST", "faults", fault);
  }

  mend(): Promise<void> {
    return this.control("DELETE", "faults");
  }

  sessions(): Promise<Session[]> {
    return this.control<Session[]>("GET", "sessions");
  }

  /** The texts that users were searched for since the start, oldest first; "" for all users. */
  async searches(): Promise<string[]> {
    const asked = await this.requests("GET", "/v1/users");
    return asked.map(({ query }) => query["query"]?.[0] ?? "");
  }

  /** How often something was asked for since the start. */
  async countRequests(method: string, path: string): Promise<number> {
    return (await this.requests(method, path)).length;
  }

  /** Lists the requests since the start, oldest first: method and path, with the ids of a list of users. */
  async asked(): Promise<string[]> {
    const all = await this.control<LoggedRequest[]>("GET", "requests");
    return all.map(({ method, path, query }) => [method, path, ...(query["user_id"] ?? [])].join(" "));
  }

  private async requests(method: string, path: string): Promise<LoggedRequest[]> {
    const all = await this.control<LoggedRequest[]>("GET", "requests");
    return all.filter((r) => r.method === method && r.path === path);
  }

  /** The stand-in is part of this repository: its answers are taken at their word. */
  private async control<T = void>(method: string, what: string, body?: object): Promise<T> {
    const answer = await fetch(`${this.running.address}/__emulator/${what}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the stand-in answered ${answer.status}: ${text}`);
    return JSON.parse(text || "null") as T;
  }
}
