/** What the page must never do, whoever's data it shows. */
import { expect, test } from "./test";

test("the policy forbids inline script, frames and foreign connections", async ({ page }) => {
  const refused = await page.evaluate(async () => {
    const violations: string[] = [];
    document.addEventListener("securitypolicyviolation", (event) =>
      violations.push(event.effectiveDirective),
    );
    const seen = (directive: string) =>
      new Promise<void>((resolve) => {
        document.addEventListener("securitypolicyviolation", (event) => {
          if (event.effectiveDirective === directive) resolve();
        });
      });
    const inline = seen("script-src-elem");
    const script = document.createElement("script");
    script.textContent = "window.inlineScriptRan = true";
    document.head.append(script);
    await inline;
    const framed = seen("frame-src");
    const frame = document.createElement("iframe");
    frame.src = "https://example.com/";
    document.body.append(frame);
    await framed;
    await fetch("https://example.com/").catch(() => undefined);
    return { violations, ran: "inlineScriptRan" in window };
  });
  expect(refused.ran).toBe(false);
  expect(refused.violations).toEqual(expect.arrayContaining(["script-src-elem", "frame-src", "connect-src"]));
});

test("a link cannot lead the window away", async ({ page, program }) => {
  await page.evaluate(() => {
    const link = document.createElement("a");
    link.href = "/elsewhere";
    link.textContent = "leave";
    document.body.append(link);
  });
  await page.getByText("leave").click();
  await expect(page).toHaveURL(`${program.address}/`);
});
