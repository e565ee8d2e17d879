/** The users of an instance, and the searches for them. */
import type { bridge } from "../../wailsjs/go/models";

export type View = bridge.View;
export type UsersPage = bridge.UsersPage;
export type UserRow = bridge.UserRow;
export type UserDetail = bridge.UserDetail;
export type UserName = bridge.UserName;
export type Contact = bridge.Contact;
export type Membership = bridge.Membership;
export type UserSession = bridge.UserSession;
export type Organization = bridge.Organization;
export type Searches = bridge.Searches;
export type UsersRequest = Omit<bridge.UsersRequest, "requestID">;

/** Asks for the first users that a search finds, those who signed in last before the others. */
export const firstFound = (query: string): UsersRequest => ({
  view: { query, sort: "last_sign_in_at", descending: true, pinnedAt: 0 },
  index: 0,
  afterID: "",
  beforeID: "",
  total: -1,
});
