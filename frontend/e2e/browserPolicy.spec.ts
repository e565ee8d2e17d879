/** Browsers that the company's own policies keep from opening a link. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { askToImpersonate, expect, openUsers, test } from "./test";

test("a browser that cannot open a private window is not offered, and says why", async ({
  page,
  program,
}) => {
  // As distributions have it: a script in PATH, and the policy beside the real program.
  const real = join(program.folder, "lib", "firefox");
  await mkdir(join(real, "distribution"), { recursive: true });
  await writeFile(join(real, "firefox"), "", { mode: 0o755 });
  const script = `#!/bin/sh\nexec ${real}/firefox "$@"\n`;
  await writeFile(join(program.folder, "bin", "firefox"), script, { mode: 0o755 });
  const policy = JSON.stringify({ policies: { PrivateBrowsingModeAvailability: 1 } });
  await writeFile(join(real, "distribution", "policies.json"), policy);

  await openUsers(page, program);
  await askToImpersonate(page);
  const dialog = page.getByRole("dialog");
  await expect(
    dialog
      .getByRole("list", { name: "Browsers that can't be used" })
      .getByText("Your organization does not allow private windows in Firefox."),
  ).toBeVisible();
  await expect(dialog.getByRole("radio", { name: /Chromium/ })).toBeVisible();
  await expect(dialog.getByRole("radio", { name: /Firefox/ })).toHaveCount(0);
});
