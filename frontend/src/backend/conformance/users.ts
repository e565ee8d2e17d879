import { nobodyKnows, refused, type Step, signal } from "./step";

const newest = { query: "", sort: "created_at", descending: true, pinnedAt: 0 };
const first = { index: 0, afterID: "", beforeID: "", total: -1 };

export const userSteps: readonly Step[] = [
  [
    "the first page of all users is full and not the last",
    async (backend) => {
      const { index, rows, last, total, aboveID, pinnedAt } = await backend.listUsers(
        { view: newest, ...first },
        signal,
      );
      return { index, rows: rows.length, name: rows[0]?.name, last, total, aboveID, pinned: pinnedAt > 0 };
    },
    { index: 0, rows: 100, name: "Noor Haddad", last: false, total: -1, aboveID: "", pinned: true },
  ],
  [
    "the next page goes on after it",
    async (backend) => {
      const { rows, pinnedAt } = await backend.listUsers({ view: newest, ...first }, signal);
      const view = { ...newest, pinnedAt };
      const afterID = rows.at(-1)?.id ?? "";
      const next = await backend.listUsers({ ...first, view, index: 100, afterID }, signal);
      return {
        index: next.index,
        rows: next.rows.length,
        isNext: !rows.some(({ id }) => id === next.rows[0]?.id),
      };
    },
    { index: 100, rows: 100, isNext: true },
  ],
  [
    "a search finds one user, and their number",
    async (backend, known) => {
      const view = { ...newest, query: "Ingrid Solheim" };
      const { rows, last, total } = await backend.listUsers({ ...first, view }, signal);
      known.user = rows[0]?.id ?? "";
      return { names: rows.map(({ name }) => name), last, total };
    },
    { names: ["Ingrid Solheim"], last: true, total: 1 },
  ],
  [
    "a call that was stopped is canceled",
    (backend) => backend.listUsers({ ...first, view: newest }, AbortSignal.abort()),
    refused("canceled"),
  ],
  [
    "a search is counted",
    (backend) => backend.countUsers({ view: { ...newest, query: "Ingrid Solheim" }, newer: false }, signal),
    1,
  ],
  [
    "nobody is newer than now",
    (backend) => backend.countUsers({ view: { ...newest, pinnedAt: Date.now() }, newer: true }, signal),
    0,
  ],
  [
    "a user is found by their id",
    async (backend, { user }) => {
      const { row } = await backend.getUser(user, false, signal);
      return { name: row.name, email: row.email, banned: row.banned, locked: row.locked, self: row.self };
    },
    {
      name: "Ingrid Solheim",
      email: "ingrid.solheim@fjordbank.example",
      banned: false,
      locked: false,
      self: false,
    },
  ],
  [
    "the operator is marked",
    async (backend, { operator }) => (await backend.getUser(operator, true, signal)).row.self,
    true,
  ],
  ["an unknown user is gone", (backend) => backend.getUser(nobodyKnows, false, signal), refused("user_gone")],
  [
    "an id of another kind is no user",
    (backend) => backend.getUser("org_1", false, signal),
    refused("id_invalid"),
  ],
  [
    "memberships have a name and a role each",
    async (backend, { user }) => {
      const all = await backend.getMemberships(user, signal);
      return all.length > 0 && all.every(({ name, role }) => name !== "" && role !== "");
    },
    true,
  ],
  ["memberships are of a user", (backend) => backend.getMemberships("org_1", signal), refused("id_invalid")],
  [
    "sessions are a list",
    async (backend, { user }) => Array.isArray(await backend.getSessions(user, signal)),
    true,
  ],
  ["sessions are of a user", (backend) => backend.getSessions("org_1", signal), refused("id_invalid")],
  [
    "names are those of the users who exist",
    async (backend, { user }) =>
      (await backend.getUserNames([user, nobodyKnows], signal)).map(({ name }) => name),
    ["Ingrid Solheim"],
  ],
  ["names are of users", (backend) => backend.getUserNames(["org_1"], signal), refused("id_invalid")],
  [
    "private metadata is text",
    async (backend, { user }) => typeof (await backend.getPrivateMetadata(user, signal)),
    "string",
  ],
  [
    "private metadata is of a user",
    (backend) => backend.getPrivateMetadata("org_1", signal),
    refused("id_invalid"),
  ],
  [
    "an organization is found by a part of its name",
    async (backend) => (await backend.findOrganizations("meridian", signal)).map(({ name }) => name),
    ["Meridian Health"],
  ],
  ["no search is remembered at first", (backend) => backend.listSearches(), { pinned: [], recent: [] }],
  [
    "the last search comes first",
    async (backend) => {
      await backend.rememberSearch("banned:yes");
      return backend.rememberSearch("ingrid");
    },
    { pinned: [], recent: ["ingrid", "banned:yes"] },
  ],
  [
    "a pinned search is not among the recent ones",
    (backend) => backend.pinSearch("ingrid", true),
    { pinned: ["ingrid"], recent: ["banned:yes"] },
  ],
  [
    "a search that is unpinned is the latest",
    (backend) => backend.pinSearch("ingrid", false),
    { pinned: [], recent: ["ingrid", "banned:yes"] },
  ],
  [
    "searches that are not pinned are forgotten",
    async (backend) => {
      await backend.pinSearch("banned:yes", true);
      return backend.forgetSearches();
    },
    { pinned: ["banned:yes"], recent: [] },
  ],
  ["a user's page at Clerk is opened", (backend, { user }) => backend.openInDashboard(user), null],
  ["a page is opened of users only", (backend) => backend.openInDashboard("org_1"), refused("id_invalid")],
];
