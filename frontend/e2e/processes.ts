/** Starting and ending the programs that a browser test needs. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A program that runs until the test is over. */
export interface Running {
  /** The address that it printed when it was ready. */
  address: string;
  end(): Promise<void>;
}

/** Starts a program and waits for the address in its first line that has one. */
export async function start(
  program: string,
  args: string[],
  env: Record<string, string | undefined>,
): Promise<Running> {
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const said: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
  });
  const address = await Promise.race([
    firstAddress(child),
    ended.then(() => {
      throw new Error(`${program} ended before it was ready:\n${said.join("")}`);
    }),
  ]);
  return {
    address,
    async end() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function firstAddress(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("no output to read");
  for await (const line of createInterface(child.stdout)) {
    const found = /http:\/\/[\w.:]+/.exec(line);
    if (found) {
      child.stdout.resume(); // later output is of no interest, but must not block it
      return found[0];
    }
  }
  return new Promise(() => undefined); // it ended: the caller sees that first
}

/** A variable that `go run ./build test` sets. */
export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start the tests with go run ./build test -only browser`);
  return value;
}
