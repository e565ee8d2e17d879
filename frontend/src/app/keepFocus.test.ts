import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { keepFocus } from "./keepFocus";

const find = (selector: string): HTMLElement => {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
};

beforeEach(() => {
  document.body.innerHTML = `
    <main tabindex="-1">
      <input data-start>
      <section><button id="near"></button></section>
      <div tabindex="0"><button id="end"></button></div>
    </main>
    <div role="dialog" tabindex="-1"><button id="ok"></button></div>
    <footer><button id="stop"></button></footer>`;
  onTestFinished(keepFocus(document));
});

describe("the keyboard stays in the window", () => {
  test.each<[what: string, from: string, lose: (element: HTMLElement) => void, to: string]>([
    ["a button that goes leads to the start of the screen", "#near", (el) => el.remove(), "[data-start]"],
    [
      "a part that is hidden does, too",
      "#near",
      (el) => {
        el.closest("section")?.setAttribute("style", "display: none");
        el.remove();
      },
      "[data-start]",
    ],
    ["the last button of the bar does, too", "#stop", (el) => el.parentElement?.remove(), "[data-start]"],
    [
      "a button that is disabled leads to its row",
      "#end",
      (el) => el.toggleAttribute("disabled"),
      "[tabindex='0']",
    ],
    ["a row that goes leads to the start", "#end", (el) => el.parentElement?.remove(), "[data-start]"],
    ["a button of a dialog leads to the dialog", "#ok", (el) => el.remove(), "[role=dialog]"],
    ["a dialog that goes leads to the start", "#ok", (el) => el.parentElement?.remove(), "[data-start]"],
  ])("%s", async (_, from, lose, to) => {
    find(from).focus();
    lose(find(from));
    await expect.poll(() => document.activeElement).toBe(find(to));
  });

  test("a screen without a start has the focus as a whole", async () => {
    find("#near").focus();
    find("[data-start]").remove();
    find("#near").remove();
    await expect.poll(() => document.activeElement).toBe(find("main"));
  });

  test("an element that takes the focus meanwhile keeps it", async () => {
    find("#near").focus();
    find("#near").remove();
    find("#stop").focus();
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => setTimeout(resolve))));
    expect(document.activeElement).toBe(find("#stop"));
  });

  test("a click beside everything is no loss", async () => {
    find("#near").focus();
    find("#near").blur();
    find("#stop").remove();
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => setTimeout(resolve))));
    expect(document.activeElement).toBe(document.body);
  });
});
