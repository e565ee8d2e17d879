/** The program without its window, as a test drives what is around the page. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { type Running, setting, start } from "./processes";

export class Program {
  private readonly running: Running;
  private readonly env: NodeJS.ProcessEnv;
  /** Everything that the program and its browser may write to. */
  readonly folder: string;

  private constructor(running: Running, folder: string, env: NodeJS.ProcessEnv) {
    this.running = running;
    this.env = env;
    this.folder = folder;
  }

  /**
   * Starts the program with a home of its own, no keychain, and a browser that
   * writes down what it is asked to open; with a policy, as an administrator
   * deploys it, and with a settings file of an earlier run.
   */
  static async start(
    apiURL: string | undefined,
    args: string[] = [],
    policy = "",
    settings = "",
  ): Promise<Program> {
    const folder = await mkdtemp(join(tmpdir(), "understudy-e2e-"));
    const bin = join(folder, "bin");
    await mkdir(bin);
    await writeBrowser(folder, true);
    const deployed = join(folder, "etc");
    if (policy) {
      await mkdir(deployed, { mode: 0o755 });
      await writeFile(join(deployed, "policy.json"), policy, { mode: 0o644 });
    }
    if (settings) {
      const config = join(folder, ".config", "understudy");
      await mkdir(config, { recursive: true });
      await writeFile(join(config, "settings.json"), settings);
    }
    const env = {
      HOME: folder,
      UNDERSTUDY_E2E_POLICY: join(deployed, "policy.json"),
      PATH: `${bin}:${process.env["PATH"]}`,
      CLERK_API_URL: apiURL,
      UNDERSTUDY_E2E_WAILS: setting("UNDERSTUDY_E2E_WAILS"),
    };
    return new Program(await start(setting("UNDERSTUDY_E2E_PROGRAM"), args, env), folder, env);
  }

  /** A second window on the same computer, which ends before this one. */
  async another(args: string[]): Promise<Program> {
    return new Program(await start(setting("UNDERSTUDY_E2E_PROGRAM"), args, this.env), this.folder, this.env);
  }

  /** Ends the program and leaves its folder to another one. */
  leave(): Promise<void> {
    return this.running.end();
  }

  get address(): string {
    return this.running.address;
  }

  /** Puts text on the clipboard that the program reads. */
  copy(text: string): Promise<void> {
    return this.post("clipboard", text);
  }

  async clipboard(): Promise<string> {
    return (await fetch(`${this.address}/e2e/clipboard`)).text();
  }

  /** Makes the next file dialog answer with a file of that content. */
  async chooseFile(content: string): Promise<void> {
    const path = join(this.folder, "chosen.env");
    await writeFile(path, content);
    await this.post("dialog", path);
  }

  /** Chooses an item of the native menu by its action. */
  menu(action: string): Promise<void> {
    return this.post("menu", action);
  }

  /** Has the browser that the program starts fail at once. */
  breakBrowser(): Promise<void> {
    return writeBrowser(this.folder, false);
  }

  mendBrowser(): Promise<void> {
    return writeBrowser(this.folder, true);
  }

  /** The addresses that the browser was asked to open. */
  async opened(): Promise<string[]> {
    const lines = await readFile(join(this.folder, "opened"), "utf8").catch(() => "");
    return lines.split("\n").filter(Boolean);
  }

  /** Fetches what the browser was asked to open, the first time or a later one, and returns where it is sent. */
  async handedOver(which = 0): Promise<string> {
    let address: string | undefined;
    await expect.poll(async () => (address = (await this.opened())[which])).toBeTruthy();
    const answer = await fetch(address ?? "", { redirect: "manual" });
    return answer.headers.get("location") ?? "";
  }

  async end(): Promise<void> {
    await this.leave();
    await rm(this.folder, { recursive: true });
  }

  private async post(what: string, body: string): Promise<void> {
    const answer = await fetch(`${this.address}/e2e/${what}`, { method: "POST", body });
    if (!answer.ok) throw new Error(`the program answered ${answer.status} to ${what}`);
  }
}

/** The browser is a script that notes what it is to open, or one that fails. */
async function writeBrowser(folder: string, works: boolean): Promise<void> {
  const act = works ? `printf '%s\\n' "$@" >> '${join(folder, "opened")}'` : "exit 4";
  await writeFile(join(folder, "bin", "xdg-open"), `#!/bin/sh\n${act}\n`, { mode: 0o755 });
}
