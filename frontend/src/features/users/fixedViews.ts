// Searches that are always at hand.

export const views = [
  { name: "newThisWeek", query: "created:<7d" },
  { name: "activeToday", query: "active:<24h" },
  { name: "banned", query: "banned:yes" },
] as const;

export type View = (typeof views)[number];
