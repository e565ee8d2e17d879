/** The columns of the table, in their order, with what Clerk can sort by. */
export const columns = [
  { name: "name", sort: "" },
  { name: "email", sort: "" },
  { name: "lastSignIn", sort: "last_sign_in_at" },
  { name: "created", sort: "created_at" },
] as const;

/** The tracks of every row; below 34 rem the dates give way to the names. */
export const tracks =
  "grid grid-cols-[minmax(0,1.1fr)_minmax(0,1fr)_7rem_6.5rem] @max-[34rem]:grid-cols-[minmax(0,1.1fr)_minmax(0,1fr)_6rem]";

/** On cells of the last column, which goes first when there is little room. */
export const lastColumn = "@max-[34rem]:hidden";
