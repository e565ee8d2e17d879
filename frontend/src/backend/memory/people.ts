/** Invented users, the same ones every time. */
import type { Membership, Organization, UserDetail, UserRow, UserSession } from "../users";

const known: [name: string, email: string][] = [
  ["Noor Haddad", "noor.haddad@northwind.example"],
  ["Tomás Ferreira", "tomas@ferreira-studio.example"],
  ["Ingrid Solheim", "ingrid.solheim@fjordbank.example"],
  ["Wei Zhang", "wei.zhang@lumenhq.example"],
  ["Priya Raman", "priya.raman@meridianhealth.example"],
  ["Oluwaseun Adeyemi", "seun@paystackers.example"],
  ["Camille Laurent", "camille.laurent@ateliernord.example"],
  ["Kenji Watanabe", "k.watanabe@hinode.example"],
  ["Marta Kowalczyk", "marta.kowalczyk@poczta-dom.example"],
  ["Daniel Okafor", "daniel.okafor@mail.example"],
  ["Sofía Herrera Díaz", "sofia.herrera@cielo.example"],
  ["Alexander Petrov", "a.petrov.1988@letters.example"],
  ["Hannah Schneider", "hannah@schneider-partner.example"],
  ["Yusuf Demir", "yusuf.demir@bosphorus.example"],
  ["Leilani Kahananui", "leilani@surfline.example"],
  ["Arjun Mehta", "arjun.mehta@quantaclass.example"],
  ["Freja Nygaard", "freja@nygaard.example"],
  ["Samuel Goldberg", "sam.goldberg@eastgate.example"],
  ["Linh Trần", "linh.tran@saigonlabs.example"],
  ["Maya Lindqvist", "maya@acme.example"],
];

const first = ["Aiko", "Bruno", "Chiara", "Dalia", "Emeka", "Fatima", "Goran", "Hye-jin", "Iris", "Jonas"];
const last = [
  "Almeida",
  "Bianchi",
  "Castro",
  "Dubois",
  "Eriksen",
  "Fischer",
  "Gupta",
  "Haugen",
  "Ito",
  "Jensen",
];

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** An id that looks like Clerk's and depends on the index only. */
function idOf(index: number): string {
  let id = "";
  let state = index * 2_654_435_761 + 97;
  while (id.length < 24) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    id += base62.charAt(state % base62.length);
  }
  return `user_2n${id}`;
}

const hour = 3_600_000;

function initialsOf(name: string, email: string): string {
  const words = name.split(" ").filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [name || email];
  return letters.map((word) => (word ?? "").charAt(0).toUpperCase()).join("");
}

/** Invents `count` users, newest first, created up to `now` (milliseconds). */
export function inventUsers(count: number, now: number): UserRow[] {
  return Array.from({ length: count }, (_, index): UserRow => {
    const made = `${first[index % 10] ?? ""} ${last[Math.floor(index / 10) % 10] ?? ""}`;
    const [name, email] = known[index] ?? [
      made,
      `${made.toLowerCase().replace(" ", ".")}.${index}@mail.example`,
    ];
    const created = now - (index + 1) * 3 * hour;
    return {
      id: idOf(index),
      name,
      email,
      contact: email,
      username: "",
      initials: initialsOf(name, email),
      // The gallery has none behind it: it shows what is left then.
      picture: index === 0 ? "/avatar?of=noor" : "",
      lastSignInAt:
        index % 7 === 6 ? "" : new Date(Math.min(now, created + ((index * 7) % 40) * hour)).toISOString(),
      createdAt: new Date(created).toISOString(),
      banned: name === "Alexander Petrov" || index % 200 === 199,
      locked: name === "Marta Kowalczyk",
      lastSignInUnread: false,
      deprovisioned: name === "Camille Laurent",
      self: name === "Maya Lindqvist",
      unreadable: false,
    };
  });
}

/** The organizations; the last two share their name, and have no slug. */
export const organizations: readonly Organization[] = [
  { id: "org_2nQx8Mer", name: "Meridian Health", slug: "meridian-health" },
  { id: "org_2nQx8Cli", name: "Clinic Partners", slug: "clinic-partners" },
  { id: "org_2nQx8Ein", name: "Schneider & Partner", slug: "" },
  { id: "org_2nQx8Zwe", name: "Hinode", slug: "" },
  { id: "org_2nQx8Dre", name: "Hinode", slug: "" },
];

export function inventDetail(row: UserRow): UserDetail {
  return {
    row,
    externalID: "crm-884120",
    emails: row.email ? [{ value: row.email, verified: true, primary: true, addedAt: row.createdAt }] : [],
    phones: [{ value: "+44 20 7946 0911", verified: true, primary: true, addedAt: row.createdAt }],
    wallets: [],
    accounts: [{ name: "Google", email: row.email, enterprise: false, addedAt: row.createdAt, usedAt: "" }],
    passkeys: [],
    twoFactor: true,
    totp: true,
    backupCodes: true,
    password: true,
    lockedUntil: "",
    lastActiveAt: row.lastSignInAt,
    updatedAt: row.createdAt,
    publicMetadata: '{\n  "plan": "team",\n  "seats": 24\n}',
    unsafeMetadata: '{\n  "theme": "dark"\n}',
  };
}

export function inventMemberships(): Membership[] {
  return [
    { id: "org_2meridianhealth", name: "Meridian Health", role: "Admin" },
    { id: "org_2clinicpartners", name: "Clinic Partners", role: "Member" },
  ];
}

/** Where somebody is signed in, up to `now` (milliseconds). */
export function inventSessions(now: number): UserSession[] {
  const device = (id: string, browser: string, on: string, active: number): UserSession => ({
    id,
    browser,
    device: on,
    mobile: on === "iPhone",
    place: "Leeds, GB",
    impersonated: false,
    operatorID: "",
    createdAt: new Date(now - active - hour).toISOString(),
    lastActiveAt: new Date(now - active).toISOString(),
    waiting: [],
  });
  return [device("sess_1", "Chrome", "Macintosh", 0), device("sess_2", "Safari", "iPhone", 18 * hour)];
}
