/** The columns of the table, in their order, with what Clerk can sort by. */
export const columns = [
  { name: "name", sort: "" },
  { name: "email", sort: "" },
  { name: "lastSignIn", sort: "last_sign_in_at" },
  { name: "created", sort: "created_at" },
] as const;

/** The tracks of every row; where there is little room the dates give way to the names. */
export const tracks =
  "grid grid-cols-[minmax(0,1.1fr)_minmax(0,1fr)_7rem_6.5rem] @max-[34rem]:grid-cols-[minmax(0,1.1fr)_minmax(0,1fr)_6rem] @max-[26rem]:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)]";

/** On cells of the columns that give way, by the column's name. */
export const givesWay = {
  name: "",
  email: "",
  lastSignIn: "@max-[26rem]:hidden",
  created: "@max-[34rem]:hidden",
};
