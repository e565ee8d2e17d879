/**
 * A browser that does nothing but show a page, for what is measured to the
 * millisecond. Playwright's has every message to the page sent to the test too,
 * and is at that while it should draw: 4 to 5 ms of each answer.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";

/** Where the browser is, and what its page is like. */
export interface Look {
  executablePath: string;
  args: string[];
  viewport: { width: number; height: number };
}

/** An answer of the browser (https://chromedevtools.github.io/devtools-protocol). */
interface Answer {
  id?: number;
  error?: { message: string };
  result?: {
    targetId?: string;
    sessionId?: string;
    result?: { value?: unknown };
    exceptionDetails?: { exception?: { description?: string } };
  };
}

export class BarePage {
  readonly #browser: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #folder: string;
  readonly #orders: Writable;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #sent = 0;
  #session: string | undefined;

  private constructor(browser: ChildProcess, folder: string) {
    this.#browser = browser;
    this.#folder = folder;
    // The protocol's two pipes: JSON, each message ended by a zero.
    this.#orders = browser.stdio[3] as Writable;
    this.#ended = new Promise((resolve) => {
      browser.once("close", () => {
        for (const answer of this.#waiting.values()) answer({ error: { message: "the browser ended" } });
        resolve();
      });
    });
    let rest = "";
    (browser.stdio[4] as Readable).setEncoding("utf8").on("data", (chunk: string) => {
      const messages = (rest + chunk).split("\0");
      rest = messages.pop() ?? "";
      for (const message of messages) {
        const answer = JSON.parse(message) as Answer;
        if (answer.id !== undefined) this.#waiting.get(answer.id)?.(answer);
      }
    });
  }

  static async open(address: string, look: Look): Promise<BarePage> {
    const folder = await mkdtemp(join(tmpdir(), "understudy-bare-"));
    const args = ["--headless", "--remote-debugging-pipe", `--user-data-dir=${folder}`, "--no-first-run"];
    const browser = spawn(look.executablePath, [...look.args, ...args], {
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    });
    const page = new BarePage(browser, folder);
    const { targetId } = await page.#order("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await page.#order("Target.attachToTarget", { targetId, flatten: true });
    page.#session = sessionId;
    await page.#order("Emulation.setDeviceMetricsOverride", {
      ...look.viewport,
      deviceScaleFactor: 1,
      mobile: false,
    });
    await page.#order("Emulation.setEmulatedMedia", {
      features: [{ name: "prefers-reduced-motion", value: "reduce" }],
    });
    await page.#order("Page.navigate", { url: address });
    return page;
  }

  /** The value of an expression, once it is there if it is a promise. */
  async value(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.#order("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? expression);
    return result?.value;
  }

  /** Waits until an expression is true. */
  async until(expression: string): Promise<void> {
    const patience = Date.now() + 15_000;
    while (!(await this.value(expression))) {
      if (Date.now() > patience) throw new Error(`it never was: ${expression}`);
      await sleep(50);
    }
  }

  /** Presses the key of a digit. */
  async press(digit: string): Promise<void> {
    const key = { key: digit, code: `Digit${digit}`, windowsVirtualKeyCode: digit.charCodeAt(0) };
    await this.#order("Input.dispatchKeyEvent", { type: "keyDown", text: digit, ...key });
    await this.#order("Input.dispatchKeyEvent", { type: "keyUp", ...key });
  }

  /** Puts text where the focus is, as a paste does. */
  async insert(text: string): Promise<void> {
    await this.#order("Input.insertText", { text });
  }

  async end(): Promise<void> {
    this.#browser.kill("SIGTERM");
    await this.#ended;
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #order(method: string, params: object): Promise<NonNullable<Answer["result"]>> {
    const id = ++this.#sent;
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    this.#orders.write(`${JSON.stringify({ id, method, params, sessionId: this.#session })}\0`);
    const { error, result } = await answered;
    this.#waiting.delete(id);
    if (error) throw new Error(`${method}: ${error.message}`);
    return result ?? {};
  }
}
