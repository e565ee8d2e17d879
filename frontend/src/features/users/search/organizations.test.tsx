import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderUsers, row } from "../renderUsers";
import { suggestOrganizations } from "./suggest";

const box = (): HTMLInputElement => screen.getByRole("searchbox", { name: "Search users" });

test("organizations are offered by their names and chosen with the keyboard alone", async () => {
  const { user, asked } = await renderUsers();
  await row("Noor Haddad");
  await user.type(box(), "noor org:");
  expect((await screen.findAllByRole("option")).map(({ textContent }) => textContent)).toEqual([
    "Meridian Health org:meridian-health",
    "Clinic Partners org:clinic-partners",
    'Schneider & Partner org:"Schneider & Partner"',
    "Hinode org:org_2nQx8Zwe",
    "Hinode org:org_2nQx8Dre",
  ]);
  await user.type(box(), "HEAL");
  const option = await screen.findByRole("option", { name: /^Meridian Health/ });
  await expect.poll(() => screen.getAllByRole("option")).toHaveLength(1);
  await user.keyboard("{ArrowDown}");
  expect(box().getAttribute("aria-activedescendant")).toBe(option.id);
  await user.keyboard("{Enter}");
  expect(box().value).toBe("noor");
  expect(screen.getByRole("list", { name: "Filters" }).textContent).toContain("Organization meridian-health");
  await waitFor(() => expect(asked().at(-1)?.view.query).toBe("noor org:meridian-health"));
});

test("a look-up that is no longer wanted is stopped", async () => {
  const { user, backend } = await renderUsers();
  await row("Noor Haddad");
  const findOrganizations = backend.findOrganizations.bind(backend);
  const asked: { text: string; signal: AbortSignal }[] = [];
  backend.findOrganizations = (text, signal) => {
    asked.push({ text, signal });
    return findOrganizations(text, signal);
  };
  const answer = backend.hold("findOrganizations");
  await user.click(box());
  await user.paste("org:m");
  await expect.poll(() => asked.map(({ text }) => text)).toEqual(["m"]);
  await user.paste("eri");
  await expect.poll(() => asked.map(({ text }) => text)).toEqual(["m", "meri"]);
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  answer();
  expect(await screen.findByRole("option", { name: /^Meridian Health/ })).toBeTruthy();
});

test("organizations that do not load are said quietly, and the search works on", async () => {
  const { user, backend } = await renderUsers();
  await row("Noor Haddad");
  backend.fail("findOrganizations", { code: "clerk_timeout", message: "Clerk did not answer in time." });
  await user.click(box());
  await user.paste("org:acme");
  const [said] = await screen.findAllByText("The organizations did not load.");
  expect(said?.getAttribute("role")).toBe("status");
  expect(screen.queryByRole("alert")).toBeNull();
  await user.keyboard("{Enter}");
  expect(screen.getByRole("list", { name: "Filters" }).textContent).toContain("Organization acme");
  await expect.poll(() => screen.queryByText("The organizations did not load.")).toBeNull();
});

test("the box offers at most eight organizations that the letters typed so far can mean", () => {
  const found = Array.from({ length: 20 }, (_, at) => ({
    id: `org_${at}`,
    name: `Acme ${at}`,
    slug: `a-${at}`,
  }));
  expect(suggestOrganizations("", found)).toHaveLength(8);
  expect(suggestOrganizations("acme 19", found).map(({ text }) => text)).toEqual(["org:a-19"]);
  expect(suggestOrganizations("a-19", found)).toEqual([]);
  expect(suggestOrganizations("other", found)).toEqual([]);
});
