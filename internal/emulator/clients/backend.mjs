// Clerk's JavaScript SDK against the stand-in whose address is the first argument.
// Every call that Understudy's own client makes is made here with Clerk's client.
import assert from "node:assert/strict";
import { createClerkClient } from "@clerk/backend";

const [apiUrl, operator] = process.argv.slice(2);
const clerk = createClerkClient({ apiUrl, secretKey: process.env.CLERK_SECRET_KEY, telemetry: { disabled: true } });

// List, page, search, count, one.
const first = await clerk.users.getUserList({ limit: 100, orderBy: "-created_at" });
const second = await clerk.users.getUserList({ limit: 100, offset: 100, orderBy: "-created_at" });
assert.equal(first.totalCount, 2500);
assert.equal(new Set([...first.data, ...second.data].map((user) => user.id)).size, 200);
const found = await clerk.users.getUserList({ query: "priya raman" });
assert.ok(found.data.some((user) => user.fullName === "Priya Raman"));
const exact = await clerk.users.getUserList({ emailAddress: ["priya.raman@meridianhealth.example"] });
const [priya] = exact.data;
assert.equal(exact.data.length, 1);
assert.equal(priya.primaryEmailAddress.emailAddress, "priya.raman@meridianhealth.example");
assert.notEqual(priya.emailAddresses[0].id, priya.primaryEmailAddressId);
assert.equal(await clerk.users.getCount({ query: "priya raman" }), found.totalCount);
assert.equal((await clerk.users.getUser(priya.id)).externalId, "crm-884120");
const memberships = await clerk.users.getOrganizationMembershipList({ userId: priya.id });
assert.deepEqual(memberships.data.map((membership) => membership.role), ["org:admin", "org:member"]);
const organizations = await clerk.organizations.getOrganizationList({ query: "meridian" });
assert.equal(organizations.totalCount, 1);
await assert.rejects(clerk.users.getUser("user_nobody"), (error) => error.errors[0].code === "resource_not_found");

// Create, use and revoke actor tokens.
const create = () =>
  clerk.actorTokens.create({ userId: priya.id, actor: { sub: operator }, expiresInSeconds: 60, sessionMaxDurationInSeconds: 600 });
const used = await create();
assert.equal(used.status, "pending");
const accepted = await fetch(used.url, { redirect: "manual" });
assert.equal(accepted.status, 303);
await assert.rejects(clerk.actorTokens.revoke(used.id), (error) => error.errors[0].code === "actor_token_cannot_be_revoked_code");
const unused = await create();
assert.equal((await clerk.actorTokens.revoke(unused.id)).status, "revoked");

// List and revoke sessions.
const sessions = await clerk.sessions.getSessionList({ userId: priya.id, status: "active" });
assert.equal(sessions.data.length, 1);
assert.equal(sessions.data[0].actor.sub, operator);
assert.equal((await clerk.sessions.revokeSession(sessions.data[0].id)).status, "revoked");

assert.equal((await clerk.users.banUser(priya.id)).banned, true);
assert.equal((await clerk.users.unbanUser(priya.id)).banned, false);
assert.equal((await clerk.domains.list()).data[0].frontendApiUrl, new URL(apiUrl).origin);
assert.equal((await clerk.instance.get()).environmentType, "development");
console.log("all calls of @clerk/backend answered as by Clerk");
