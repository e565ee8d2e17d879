import { nobodyKnows, refused, type Step, signal } from "./step";

export const operatorSteps: readonly Step[] = [
  ["nobody acts at first", (backend) => backend.operator(), refused("operator_missing")],
  ["an id of another kind is no operator", (backend) => backend.setOperator("org_1"), refused("id_invalid")],
  ["an unknown user is no operator", (backend) => backend.setOperator(nobodyKnows), refused("operator_gone")],
  [
    "an outsider needs a name",
    (backend) => backend.actAsOutsider(" ", "jo@agency.example"),
    refused("operator_name"),
  ],
  [
    "an outsider needs an address",
    (backend) => backend.actAsOutsider("Jo Agency", "agency"),
    refused("operator_address"),
  ],
  [
    "an outsider acts unverified",
    async (backend) => {
      const { name, email, outside, verified } = await backend.actAsOutsider(
        "Jo Agency",
        "jo@agency.example",
      );
      return { name, email, outside, verified };
    },
    { name: "Jo Agency", email: "jo@agency.example", outside: true, verified: false },
  ],
  [
    "nobody has to sign in at first",
    async (backend) => {
      const { clientID, required, redirectURIs, scopes } = await backend.signIn();
      return { clientID, required, redirectURIs: redirectURIs.length, scopes };
    },
    { clientID: "", required: false, redirectURIs: 4, scopes: ["openid", "profile", "email"] },
  ],
  [
    "nobody signs in without an OAuth application",
    (backend) => backend.signInOperator(signal),
    refused("sign_in_not_set_up"),
  ],
  [
    "nobody signs in by a link without an OAuth application",
    (backend) => backend.signInByLink(signal),
    refused("sign_in_not_set_up"),
  ],
  [
    "an OAuth application is created",
    async (backend) => (await backend.createSignInApplication(signal)).clientID !== "",
    true,
  ],
  [
    "no OAuth application is used any more",
    async (backend) => (await backend.setSignInClient("")).clientID,
    "",
  ],
  [
    "a user acts unverified",
    async (backend, known) => {
      const view = { query: "maya", sort: "created_at", descending: true, pinnedAt: 0 };
      const request = { view, index: 0, afterID: "", beforeID: "", total: -1 };
      const { rows } = await backend.listUsers(request, signal);
      known.operator = rows.find(({ name }) => name === "Maya Lindqvist")?.id ?? "";
      const { id, name, outside, verified } = await backend.setOperator(known.operator);
      return { same: id === known.operator, name, outside, verified };
    },
    { same: true, name: "Maya Lindqvist", outside: false, verified: false },
  ],
  ["the operator is known then", async (backend) => (await backend.operator()).name, "Maya Lindqvist"],
];
