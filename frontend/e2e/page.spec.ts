/** Tests of things that the page must never do, with any data. */
import { expect, openUsers, test } from "./test";

const attempts = [
  {
    name: "inline script",
    directive: "script-src-elem",
    attempt: () => {
      const script = document.createElement("script");
      script.textContent = "document.title = 'inline script ran'";
      document.head.append(script);
    },
  },
  {
    name: "a frame of another site",
    directive: "frame-src",
    attempt: () => {
      const frame = document.createElement("iframe");
      frame.src = "https://example.com/";
      document.body.append(frame);
    },
  },
  {
    name: "a request to another site",
    directive: "connect-src",
    attempt: () => void fetch("https://example.com/").catch(() => undefined),
  },
];

for (const { name, directive, attempt } of attempts) {
  test(`the policy refuses ${name}`, async ({ page }) => {
    const title = await page.title();
    const refused = page.evaluate(
      (wanted) =>
        new Promise<string>((resolve) => {
          document.addEventListener("securitypolicyviolation", (event) => {
            if (event.effectiveDirective === wanted) resolve(event.disposition);
          });
        }),
      directive,
    );
    await page.evaluate(attempt);
    expect(await refused).toBe("enforce");
    expect(await page.title()).toBe(title);
  });
}

test("a link cannot lead the window away", async ({ page, program }) => {
  await page.evaluate(() => {
    const link = document.createElement("a");
    link.href = "/elsewhere";
    link.textContent = "A way out";
    document.body.append(link);
  });
  await page.getByRole("link", { name: "A way out" }).click();
  await expect(page).toHaveURL(`${program.address}/`);
});

test("names that are markup, formulas or turned round are shown as text", async ({ page, program }) => {
  const wrong: string[] = [];
  page.on("dialog", (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(program.address)) wrong.push(`request: ${request.url()}`);
  });
  await openUsers(page, program);

  const search = page.getByRole("searchbox", { name: "Search users" });
  for (const [email, shown] of [
    ["script.tag@inbox.example", "<script>alert('name')</script> Script"],
    ["onerror@inbox.example", '"><img src=x onerror=alert(1)> Image'],
    ["template@inbox.example", "{{7*7}}${7*7} %s%n%x"],
    ["bidi@inbox.example", "gpj.ecilA"],
    ["zalgo@inbox.example", "lgo"],
  ] as const) {
    await search.fill(email);
    const row = page.getByRole("row").filter({ hasText: email });
    await expect(row).toContainText(shown);
    await row.click();
    await expect(page.getByRole("button", { name: "Impersonate…" })).toBeEnabled();
    const box = await row.boundingBox();
    expect(box?.height, "a name does not push the layout").toBeLessThanOrEqual(40);
  }
  expect(wrong).toEqual([]);
});
