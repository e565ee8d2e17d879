import { fireEvent } from "@testing-library/react";
import { expect, test } from "vitest";
import { stayHere } from "./stayHere";

stayHere(document);

test.each([
  ["a click on a link", "click"],
  ["a middle click on a link", "auxclick"],
  ["a dropped file", "drop"],
  ["a file dragged over", "dragover"],
  ["a form", "submit"],
])("%s goes nowhere", (_, type) => {
  document.body.innerHTML = '<a href="https://example.com/"><b>out</b></a>';
  const event = new Event(type, { bubbles: true, cancelable: true });
  fireEvent(document.body.querySelector("b") ?? document.body, event);
  expect(event.defaultPrevented).toBe(true);
});

test("a click on anything else is left alone", () => {
  document.body.innerHTML = "<button>in</button>";
  const event = new Event("click", { bubbles: true, cancelable: true });
  fireEvent(document.body.querySelector("button") ?? document.body, event);
  expect(event.defaultPrevented).toBe(false);
});
