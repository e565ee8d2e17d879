import type { Step } from "./step";

export const settingsSteps: readonly Step[] = [
  [
    "the preferences are those of a fresh computer",
    (backend) => backend.getSettings(),
    {
      theme: "system",
      density: "normal",
      zoom: 100,
      session_minutes: 30,
      link_seconds: 60,
      reason_always: false,
      show_pictures: false,
      lock_minutes: 15,
      columns: [],
      managed: [],
    },
  ],
  [
    "a preference is kept",
    async (backend) => {
      await backend.changeSettings({ theme: "dark" });
      return (await backend.getSettings()).theme;
    },
    "dark",
  ],
  [
    "the rules are those of a fresh instance",
    (backend) => backend.getRules(),
    {
      sign_in: { required: false, hours: 0, client_id: "", after_lock: false },
      permission: { organization: "", name: "", hide_table: false },
      protected: {
        roles: [],
        roles_effect: "refuse",
        domains: [],
        domains_effect: "refuse",
        metadata: {},
        metadata_effect: "refuse",
        blocked_effect: "refuse",
      },
      reason: { pattern: "", hint: "", reference: "", address: "" },
      longest_session_minutes: 0,
      monthly_quota: 0,
      forbid_copying_links: false,
      changes: {
        default: "allow_changes",
        allow: "always",
        minutes: 0,
        paths: [],
        hosts: [],
        hold_graphql: false,
      },
      managed: [],
    },
  ],
  [
    "a rule is kept",
    async (backend) => {
      await backend.changeRules({ monthly_quota: 100 });
      return (await backend.getRules()).monthly_quota;
    },
    100,
  ],
  [
    "a reference is opened at the address of a rule",
    async (backend) => {
      await backend.changeRules({ reason: { address: "https://tickets.example/{ref}" } });
      return backend.openReference("48213");
    },
    null,
  ],
];
